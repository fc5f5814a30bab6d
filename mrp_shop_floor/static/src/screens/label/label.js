import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatQuantity } from "../../core/number";
import { makeUuid } from "../../core/uuid";

/** The label of a container: printed once, and again only with a reason. */
export class Label extends Component {
    static template = "mrp_shop_floor.Label";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        // a lost answer is asked for again under the same name: no second copy
        this.key = makeUuid();
        this.state = useState({ reason: "", note: "", file: null, isBusy: false });
        this.formatQuantity = formatQuantity;
        this.reasons = [
            { key: "damaged", name: _t("Damaged"), icon: "fa-scissors" },
            { key: "lost", name: _t("Lost"), icon: "fa-search" },
            { key: "printer", name: _t("Printer failed"), icon: "fa-print" },
            { key: "other", name: _t("Other"), icon: "fa-ellipsis-h" },
        ];
    }

    get row() {
        const { declared } = this.floor.getRun() || { declared: [] };
        return declared.find((one) => one.line_id === this.floor.params.line_id);
    }

    get isAllowed() {
        const { reason, note, isBusy } = this.state;
        const isExplained = reason && (reason !== "other" || note.trim());
        return !isBusy && (!this.row.prints || isExplained);
    }

    async print(format) {
        this.state.isBusy = true;
        const answer = await this.floor.ask("label/print", {
            line_id: this.row.line_id,
            key: this.key,
            label_format: format,
            reason: this.state.reason || null,
            note: this.state.note,
        });
        this.state.isBusy = false;
        if (!answer) {
            this.floor.say("warning", _t("Labels need the network. Try again there."));
        } else if (answer.data.url) {
            this.state.file = { ...answer.data, format };
            await this.floor.loadRun(this.floor.params.id);
        }
    }
}
