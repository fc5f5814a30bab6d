import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { useSupervision } from "../../floor/supervision";

/** Who is to do an operation, and who takes over. */
export class Assigning extends Component {
    static template = "mrp_shop_floor.Assigning";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.supervision = useSupervision();
        this.state = useState({ from: null });
    }

    get row() {
        const rows = (this.supervision.data?.queue || []).flatMap((one) => one.rows);
        return rows.find((one) => one.id === this.floor.params.row);
    }

    get people() {
        const planned = new Set(this.row.planned.map((one) => one.id));
        return this.supervision.data.crew.map((one) => ({
            ...one,
            isPlanned: planned.has(one.id),
            isThere: Boolean(one.at.length || one.phone || one.works.length),
        }));
    }

    get arriving() {
        const working = new Set(this.row.working.map((one) => one.id));
        return this.people.filter((one) => !working.has(one.id));
    }

    toggle(one) {
        const ids = this.row.planned.map((other) => other.id);
        const others = ids.filter((id) => id !== one.id);
        return this.supervision.act("assign", {
            workorder_id: this.row.id,
            operator_ids: one.isPlanned ? others : [...others, one.id],
        });
    }

    async handOver(one) {
        const done = await this.supervision.act("hand_over", {
            workorder_id: this.row.id,
            from_id: this.state.from.id,
            to_id: one.id,
        });
        if (done) {
            this.state.from = null;
        }
    }
}
