import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { LotChoice } from "../../components/lot_choice/lot_choice";
import { NumberPad } from "../../components/number_pad/number_pad";
import { ReasonList } from "../../components/reason_list/reason_list";
import { formatQuantity } from "../../core/number";
import { KINDS, typeName } from "./kinds";

/** What came out, in one container or not; with "finish" also that it was the last. */
export class Declare extends Component {
    static template = "mrp_shop_floor.Declare";
    static components = { LotChoice, NumberPad, ReasonList };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        const { what, output_id, value, lot } = this.floor.params;
        this.state = useState({
            what,
            outputId: output_id || this.run.outputs[0].id,
            value: value || 0,
            lot: { name: lot || "", isNew: false },
            step: "quantity",
            entered: null,
        });
        this.formatQuantity = formatQuantity;
        this.onQuantity = this.onQuantity.bind(this);
        this.onWeight = this.onWeight.bind(this);
        this.onReason = this.onReason.bind(this);
        this.onLot = (choice) =>
            Object.assign(this.state, { lot: choice, step: "quantity" });
        this.kinds = KINDS;
        this.typeName = typeName;
    }

    get run() {
        return this.floor.getRun();
    }

    get output() {
        const { outputs } = this.run;
        return outputs.find((one) => one.id === this.state.outputId) || outputs[0];
    }

    get isFinish() {
        return this.state.what === "finish";
    }

    get isCounted() {
        return this.isFinish && this.run.outputs[0].container;
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

    get lotText() {
        const { name, isNew } = this.state.lot;
        return isNew ? _t("a new one") : name || this.output.lots.at(-1) || _t("new");
    }

    chooseOutput(output) {
        const what = output.main ? this.state.what : "good";
        const lot = { name: "", isNew: false };
        const step = "quantity";
        Object.assign(this.state, { outputId: output.id, what, lot, value: 0, step });
    }

    async onQuantity(quantity, unitId, sure, gross) {
        const { what } = this.state;
        const entered = { quantity, unit_id: unitId, ...(sure ? { sure: true } : {}) };
        if (what === "good" && gross) {
            entered.gross = gross;
        }
        this.state.entered = entered;
        if (what === "good" && this.output.weight_unit) {
            this.state.step = "weight";
        } else if (what === "good" || this.isFinish || !this.reasons.length) {
            await this.confirm();
        } else {
            this.state.step = "reason";
        }
    }

    onWeight(weight, _unitId, _sure, gross) {
        return this.confirm({ weight, ...(gross ? { gross } : {}) });
    }

    onReason(reason, note) {
        return this.confirm({ reason_id: reason.id, note });
    }

    async confirm(more = {}) {
        const { run, output, isFinish } = this;
        const what = isFinish ? "good" : this.state.what;
        const payload = { what, ...this.state.entered, ...more };
        if (output.id && what === "good") {
            payload.output_id = output.id;
            const { name, isNew } = this.state.lot;
            Object.assign(payload, isNew ? { new_lot: true } : name && { lot: name });
        }
        const isKept = await this.floor.tap("declare", run.id, payload);
        if (isFinish) {
            await this.finish();
        } else if (isKept) {
            const next = payload.output_id ? "containers" : "run";
            this.floor.go(next, { id: run.id, output_id: payload.output_id });
        }
    }

    async finish() {
        const { id, late_after, reasons } = this.run;
        if (late_after && new Date(late_after) < new Date() && reasons.pause.length) {
            this.floor.go("reason", { id, kind: "late" });
        } else if (await this.floor.tap("finish", id)) {
            this.floor.go("run", { id });
        }
    }
}
