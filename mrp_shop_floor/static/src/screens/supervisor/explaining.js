import { Component, useState } from "@odoo/owl";
import { ReasonList } from "../../components/reason_list/reason_list";
import { formatMoment, formatSpan } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** Stops and late finishes that wait for their reason. */
export class Explaining extends Component {
    static template = "mrp_shop_floor.Explaining";
    static components = { ReasonList };
    static props = {};

    setup() {
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
        this.state = useState({ open: null });
    }

    get rows() {
        return this.supervision.data?.delays || [];
    }

    length(row) {
        return formatSpan(row.minutes * 60);
    }

    where(row) {
        return [row.operation, row.order].filter(Boolean).join(" · ");
    }

    async explain(row, reason, note) {
        const done = await this.supervision.act("explain", {
            delay_id: row.id,
            reason_id: reason.id,
            note,
        });
        if (done) {
            this.state.open = null;
        }
    }
}
