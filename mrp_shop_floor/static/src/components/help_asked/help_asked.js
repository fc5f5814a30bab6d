import { Component } from "@odoo/owl";
import { formatMoment } from "../../core/number";

/** Who was asked for help and when, and what they answered. */
export class HelpAsked extends Component {
    static template = "mrp_shop_floor.HelpAsked";
    static props = { asked: Object };

    setup() {
        this.formatMoment = formatMoment;
    }
}
