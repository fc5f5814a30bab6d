import { Component, useState } from "@odoo/owl";
import { ReasonList } from "../../components/reason_list/reason_list";
import { formatMoment } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** Who may do what he is not qualified for, and why. */
export class Deciding extends Component {
    static template = "mrp_shop_floor.Deciding";
    static components = { ReasonList };
    static props = {};

    setup() {
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
        this.state = useState({ approving: null });
    }

    get rows() {
        return this.supervision.data?.overrides || [];
    }

    async decide(row, approve, reason, note) {
        const done = await this.supervision.act("decide", {
            override_id: row.id,
            approve,
            reason_id: reason?.id || null,
            note: note || "",
        });
        if (done) {
            this.state.approving = null;
        }
    }
}
