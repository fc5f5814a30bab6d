import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatMoment, formatSpan } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** Orders after their frozen end, the latest first. */
export class Lateness extends Component {
    static template = "mrp_shop_floor.Lateness";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
        this.formatSpan = formatSpan;
    }

    get rows() {
        return this.supervision.data?.late || [];
    }

    /** A glance at the queue in which it waits. */
    openQueue() {
        this.floor.go("queue", { back: "lateness" });
    }
}
