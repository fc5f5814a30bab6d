import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatMoment } from "../../core/number";

/** What was tapped here, and what became of it. */
export class OutboxScreen extends Component {
    static template = "mrp_shop_floor.OutboxScreen";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.kinds = {
            start: _t("Start"),
            pause: _t("Pause"),
            finish: _t("Finish"),
            block: _t("Block"),
            unblock: _t("Unblock"),
            hand_over: _t("Hand over"),
            declare: _t("Declare"),
            take_back: _t("Take back"),
            issue: _t("Material"),
            note: _t("Note"),
            photo: _t("Photo"),
            undo: _t("Undo"),
            help: _t("Ask for help"),
            ask_override: _t("Ask a supervisor"),
            explain: _t("Reason"),
        };
        this.states = {
            pending: { name: _t("pending"), icon: "fa-clock-o", css: "o_sf_warning" },
            done: { name: _t("sent"), icon: "fa-check", css: "o_sf_success" },
            refused: { name: _t("refused"), icon: "fa-times", css: "o_sf_danger" },
            exception: {
                name: _t("for a supervisor"),
                icon: "fa-flag",
                css: "o_sf_info",
            },
            withdrawn: { name: _t("undone"), icon: "fa-undo", css: "" },
        };
    }

    get events() {
        return [...this.floor.events].reverse();
    }

    place(event) {
        const run = this.floor.runs[event.workorder_id];
        return run ? `${run.name} · ${run.order}` : "";
    }

    time(event) {
        return formatMoment(new Date(event.device_date).toISOString());
    }
}
