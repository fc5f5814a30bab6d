import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Who goes on, and what he has to know. */
export class HandOver extends Component {
    static template = "mrp_shop_floor.HandOver";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ note: "" });
    }

    get run() {
        return this.floor.getRun();
    }

    async handOver(colleague) {
        const { id } = this.run;
        const payload = { to_id: colleague.id, note: this.state.note };
        if (await this.floor.tap("hand_over", id, payload)) {
            this.floor.go("run", { id });
        }
    }
}
