import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { ReasonList } from "../../components/reason_list/reason_list";
import { formatMoment } from "../../core/number";

/** Why does it stop? It stops whatever the answer is. */
export class Reason extends Component {
    static template = "mrp_shop_floor.Reason";
    static components = { ReasonList };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.formatMoment = formatMoment;
        this.onChoose = this.onChoose.bind(this);
    }

    get run() {
        return this.floor.getRun();
    }

    get kind() {
        return this.floor.params.kind;
    }

    /** The tap that tells the reason: that of a late finish finishes. */
    get tapped() {
        return this.kind === "late" ? "finish" : this.kind;
    }

    get reasons() {
        return this.run.reasons[this.kind] || this.run.reasons.pause;
    }

    async onChoose(reason, note) {
        const { id } = this.run;
        const payload = reason ? { reason_id: reason.id, note } : {};
        if (await this.floor.tap(this.tapped, id, payload)) {
            this.floor.go("run", { id });
        }
    }
}
