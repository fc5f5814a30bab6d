import { Component, onWillStart, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatMoment } from "../../core/number";

/** Steps that wait for a signature. */
export class ToSign extends Component {
    static template = "mrp_shop_floor.ToSign";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ rows: null });
        this.formatMoment = formatMoment;
        onWillStart(async () => {
            const answer = await this.floor.ask("sign/list");
            this.state.rows = answer?.data.rows || null;
        });
    }
}
