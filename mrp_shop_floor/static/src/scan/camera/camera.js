import { Component } from "@odoo/owl";
import { BarcodeVideoScanner } from "@web/core/barcode/barcode_video_scanner";

export class Camera extends Component {
    static template = "mrp_shop_floor.Camera";
    static components = { BarcodeVideoScanner };
    static props = { onCode: Function, onError: Function, close: Function };
}
