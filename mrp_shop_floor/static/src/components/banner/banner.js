import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatMoment } from "../../core/number";

/** What is wrong with the connection, and how old what is shown is. */
export class Banner extends Component {
    static template = "mrp_shop_floor.Banner";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.isSecure = window.isSecureContext;
    }

    get age() {
        return this.floor.readAt
            ? formatMoment(new Date(this.floor.readAt).toISOString())
            : "–";
    }
}
