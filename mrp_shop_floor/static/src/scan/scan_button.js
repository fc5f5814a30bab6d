import { Component, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { useBus, useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";

/**
 * Codes from a scanner that types like a keyboard, and from the camera, whose library is
 * loaded when it is used first.
 */
export class ScanButton extends Component {
    static template = "mrp_shop_floor.ScanButton";
    static props = { onCode: Function, label: { type: String, optional: true } };

    setup() {
        this.floor = useService("shop_floor");
        this.state = useState({ Camera: null });
        this.locked = false;
        const { bus } = useService("barcode");
        useBus(bus, "barcode_scanned", (ev) => this.onCode(ev.detail.barcode));
        this.onCode = this.onCode.bind(this);
        this.onError = (error) => this.close(error.message);
        this.close = this.close.bind(this);
    }

    async onCode(code) {
        if (this.locked) {
            return;
        }
        this.locked = true;
        try {
            this.state.Camera = null;
            await this.props.onCode(code);
        } finally {
            this.locked = false;
        }
    }

    async open() {
        if (!navigator.mediaDevices) {
            this.floor.say(
                "warning",
                _t("The camera needs HTTPS. Use a scanner instead.")
            );
            return;
        }
        try {
            await loadBundle("mrp_shop_floor.assets_camera");
        } catch {
            this.floor.say(
                "warning",
                _t("The camera can not be loaded without network.")
            );
            return;
        }
        const { Camera } = odoo.loader.modules.get(
            "@mrp_shop_floor/scan/camera/camera"
        );
        this.state.Camera = Camera;
    }

    close(problem) {
        this.state.Camera = null;
        if (typeof problem === "string") {
            this.floor.say("warning", problem);
        }
    }
}
