import { Component, useState } from "@odoo/owl";
import { parseScan } from "../../scan/parse";
import { ScanButton } from "../../scan/scan_button";

/** The lot that a container gets: one of the run's, another one, or a new one. */
export class LotChoice extends Component {
    static template = "mrp_shop_floor.LotChoice";
    static components = { ScanButton };
    static props = { lots: Array, onChoose: Function };

    setup() {
        this.state = useState({ name: "" });
        this.onCode = (code) => {
            const scan = parseScan(code);
            this.choose(scan.lot || scan.code);
        };
    }

    choose(name) {
        if (name.trim()) {
            this.props.onChoose({ name: name.trim(), isNew: false });
        }
    }
}
