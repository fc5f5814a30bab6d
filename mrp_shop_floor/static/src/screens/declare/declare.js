import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { NumberPad } from "../../components/number_pad/number_pad";
import { ReasonList } from "../../components/reason_list/reason_list";
import { formatMoment, formatQuantity } from "../../core/number";

/** What became of the units; with "finish" also that there are no more. */
export class Declare extends Component {
    static template = "mrp_shop_floor.Declare";
    static components = { NumberPad, ReasonList };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ what: this.floor.params.what, entered: null });
        this.formatMoment = formatMoment;
        this.formatQuantity = formatQuantity;
        this.onQuantity = this.onQuantity.bind(this);
        this.onReason = this.onReason.bind(this);
        this.kinds = [
            { key: "good", name: _t("Good"), icon: "fa-check" },
            { key: "scrap", name: _t("Scrap"), icon: "fa-trash" },
            { key: "rework", name: _t("Rework"), icon: "fa-repeat" },
        ];
    }

    get run() {
        return this.floor.getRun();
    }

    get isFinish() {
        return this.state.what === "finish";
    }

    /** Units nobody has told about yet. */
    get left() {
        const { quantity, good, scrapped } = this.run;
        return Math.max(quantity - good - scrapped, 0);
    }

    get confirmLabel() {
        return this.isFinish ? _t("Finish") : _t("Confirm");
    }

    get reasons() {
        return this.run.reasons[this.state.what] || [];
    }

    kindName(kind) {
        return this.kinds.find((one) => one.key === kind)?.name || kind;
    }

    async onQuantity(quantity, unitId, sure) {
        const entered = { quantity, unit_id: unitId, ...(sure ? { sure: true } : {}) };
        if (this.isFinish) {
            await this.declare("good", entered);
            await this.finish();
        } else if (this.state.what === "good" || !this.reasons.length) {
            await this.declare(this.state.what, entered);
            this.floor.go("run", { id: this.run.id });
        } else {
            this.state.entered = entered;
        }
    }

    async onReason(reason, note) {
        await this.declare(this.state.what, {
            ...this.state.entered,
            reason_id: reason.id,
            note,
        });
        this.floor.go("run", { id: this.run.id });
    }

    declare(what, entered) {
        return this.floor.tap("declare", this.run.id, { what, ...entered });
    }

    async finish() {
        const { id, late_after, reasons } = this.run;
        if (late_after && new Date(late_after) < new Date() && reasons.pause.length) {
            this.floor.go("reason", { id, kind: "late" });
        } else if (await this.floor.tap("finish", id)) {
            this.floor.go("run", { id });
        }
    }

    takeBack(row) {
        return this.floor.tap("take_back", this.run.id, { row_id: row.id });
    }
}
