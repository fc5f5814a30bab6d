import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatMoment } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** Who asked for help, and what the supervisor answers. */
export class Helping extends Component {
    static template = "mrp_shop_floor.Helping";
    static props = {};

    setup() {
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
        this.state = useState({ writing: null, text: "" });
        this.answers = [
            { text: _t("I am coming."), icon: "fa-bell" },
            { text: _t("In ten minutes."), icon: "fa-clock-o" },
            { text: _t("Go on, it is all right."), icon: "fa-check" },
        ];
    }

    get rows() {
        return this.supervision.data?.help || [];
    }

    async answer(row, text) {
        if (text.trim()) {
            await this.supervision.act("answer", { help_id: row.id, text });
            Object.assign(this.state, { writing: null, text: "" });
        }
    }
}
