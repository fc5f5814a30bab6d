import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { PinPad } from "../../components/pin_pad/pin_pad";
import { formatMoment } from "../../core/number";
import { makeUuid } from "../../core/uuid";
import { ScanButton } from "../../scan/scan_button";

/** Who performed a step, and who checked it: each proves it with badge and PIN. */
export class Sign extends Component {
    static template = "mrp_shop_floor.Sign";
    static components = { PinPad, ScanButton };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.formatMoment = formatMoment;
        this.state = useState({ step: null, meaning: "", way: "", password: "" });
        // the proof is no state: it is sent once and forgotten
        this.badge = "";
        this.onBadge = this.onBadge.bind(this);
        this.onPin = (pin) => this.sign({ method: "badge", badge: this.badge, pin });
        onWillStart(async () => {
            const { id } = this.floor.params;
            this.show(await this.floor.ask("sign/open", { workorder_id: id }));
        });
    }

    show(answer) {
        const step = answer?.data.step;
        if (step) {
            const [next] = step.pending;
            Object.assign(this.state, { step, meaning: next || "", way: "" });
        }
    }

    get meanings() {
        const { meanings, needed } = this.state.step;
        return needed.length
            ? meanings.filter((one) => needed.includes(one.key))
            : meanings;
    }

    choose(meaning) {
        Object.assign(this.state, { meaning, way: "" });
        this.uuid = null;
    }

    onBadge(badge) {
        this.badge = badge;
        this.state.way = "pin";
    }

    async sign(proof) {
        // sent again after a lost answer it is the same signature
        this.uuid = this.uuid || makeUuid();
        const answer = await this.floor.ask("sign/sign", {
            workorder_id: this.state.step.id,
            meaning: this.state.meaning,
            proof,
            uuid: this.uuid,
            device_time: luxon.DateTime.now().toISO({ suppressMilliseconds: true }),
        });
        this.badge = "";
        this.state.password = "";
        this.state.way = "";
        if (answer?.data.step) {
            this.uuid = null;
            this.show(answer);
        } else if (!answer && this.floor.network !== "failing") {
            this.floor.say("danger", _t("No network: nothing was signed. Try again."));
        }
    }
}
