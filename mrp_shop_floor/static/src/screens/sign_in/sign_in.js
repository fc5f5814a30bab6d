import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ScanButton } from "../../scan/scan_button";

const LONGEST_PIN = 12;

/** Who are you? Badge, or name and PIN; or one of those who are signed in. */
export class SignIn extends Component {
    static template = "mrp_shop_floor.SignIn";
    static components = { ScanButton };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ who: null, badge: "", pin: "" });
        this.keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "ok"];
        this.onBadge = this.onBadge.bind(this);
    }

    get others() {
        const known = new Set(this.floor.signedIn.map((one) => one.id));
        return this.floor.operators.filter((one) => !known.has(one.id));
    }

    get isOnline() {
        return this.floor.network === "online";
    }

    async onBadge(badge) {
        if (this.floor.badgePin) {
            Object.assign(this.state, {
                badge,
                who: { name: _t("Your badge") },
                pin: "",
            });
            return;
        }
        await this.floor.identify({ badge });
    }

    ask(who) {
        Object.assign(this.state, { who, badge: "", pin: "" });
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
            const { pin, badge, who } = state;
            state.pin = "";
            await this.floor.identify(
                badge ? { badge, pin } : { operator_id: who.id, pin }
            );
        }
    }
}
