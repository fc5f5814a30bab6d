import { Component } from "@odoo/owl";
import { formatMoment } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** What stands, since when and why. */
export class Unblocking extends Component {
    static template = "mrp_shop_floor.Unblocking";
    static props = {};

    setup() {
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
    }

    get rows() {
        return this.supervision.data?.blocked || [];
    }

    unblock(row) {
        return this.supervision.act("unblock", { workcenter_id: row.id });
    }
}
