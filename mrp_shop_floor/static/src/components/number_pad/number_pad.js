import { Component, useState } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { formatQuantity, parsePad, pressKey } from "../../core/number";

const TIMES_PLAN = 10;

/** A number, its unit beside it, without a keyboard. */
export class NumberPad extends Component {
    static template = "mrp_shop_floor.NumberPad";
    static props = {
        value: { type: Number, optional: true },
        plan: { type: Number, optional: true },
        units: { type: Array, optional: true },
        unit: { type: String, optional: true },
        confirm: String,
        onConfirm: Function,
    };

    setup() {
        const { value, units } = this.props;
        this.state = useState({
            text: value ? formatQuantity(value) : "",
            isFresh: true,
            unit: units?.[0] || { name: this.props.unit, factor: 1 },
            isAsking: false,
        });
        this.point = localization.decimalPoint || ".";
        this.rows = [
            ["7", "8", "9"],
            ["4", "5", "6"],
            ["1", "2", "3"],
            ["point", "0", "back"],
        ];
    }

    get quantity() {
        return parsePad(this.state.text);
    }

    /** What was on the scales, container included, in the first unit. */
    get gross() {
        const [gross, tare] = this.state.text.split("−");
        return tare ? parsePad(gross) * this.state.unit.factor : 0;
    }

    get net() {
        return this.state.text.includes("−") && this.quantity > 0
            ? formatQuantity(this.quantity)
            : "";
    }

    press(key) {
        const { text, isFresh } = this.state;
        const isDigit = /^\d$/.test(key);
        this.state.text = pressKey(
            isFresh && (isDigit || key === "point") ? "" : text,
            key
        );
        this.state.isFresh = false;
        this.state.isAsking = false;
    }

    label(key) {
        return { point: this.point, back: "⌫" }[key] || key;
    }

    nextUnit() {
        const { units } = this.props;
        const place = units.findIndex((unit) => unit.id === this.state.unit.id);
        this.state.unit = units[(place + 1) % units.length];
        this.state.isAsking = false;
    }

    confirm(sure) {
        const { quantity } = this;
        if (!(quantity > 0)) {
            return;
        }
        const planned = quantity * this.state.unit.factor;
        if (!sure && this.props.plan && planned > TIMES_PLAN * this.props.plan) {
            this.state.isAsking = true;
            return;
        }
        this.props.onConfirm(quantity, this.state.unit.id, sure, this.gross);
    }
}
