import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { PinPad } from "../../components/pin_pad/pin_pad";
import { ScanButton } from "../../scan/scan_button";

/** Who are you? Badge, or name and PIN; or one of those who are signed in. */
export class SignIn extends Component {
    static template = "mrp_shop_floor.SignIn";
    static components = { PinPad, ScanButton };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ who: null, badge: "" });
        this.onBadge = this.onBadge.bind(this);
        this.onPin = this.onPin.bind(this);
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
            Object.assign(this.state, { badge, who: { name: _t("Your badge") } });
            return;
        }
        await this.floor.identify({ badge });
    }

    ask(who) {
        Object.assign(this.state, { who, badge: "" });
    }

    async onPin(pin) {
        const { badge, who } = this.state;
        await this.floor.identify(
            badge ? { badge, pin } : { operator_id: who.id, pin }
        );
    }
}
