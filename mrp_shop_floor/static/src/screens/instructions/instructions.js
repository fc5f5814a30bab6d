import { Component, markup, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

export class Instructions extends Component {
    static template = "mrp_shop_floor.Instructions";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
    }

    get run() {
        return this.floor.getRun();
    }

    /** The server sanitized it when it was written. */
    get body() {
        return markup(this.run.instruction.body);
    }
}
