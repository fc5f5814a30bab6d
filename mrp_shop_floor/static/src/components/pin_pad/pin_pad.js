import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const LONGEST_PIN = 12;

/** A PIN, typed with gloves; it is shown and kept nowhere. */
export class PinPad extends Component {
    static template = "mrp_shop_floor.PinPad";
    static props = { onConfirm: Function };

    setup() {
        this.state = useState({ pin: "" });
        this.keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "ok"];
    }

    label(key) {
        return { clear: _t("Clear"), ok: _t("OK") }[key] || key;
    }

    async press(key) {
        const { state } = this;
        if (key === "clear") {
            state.pin = "";
        } else if (key !== "ok") {
            state.pin = (state.pin + key).slice(0, LONGEST_PIN);
        } else if (state.pin) {
            const { pin } = state;
            state.pin = "";
            await this.props.onConfirm(pin);
        }
    }
}
