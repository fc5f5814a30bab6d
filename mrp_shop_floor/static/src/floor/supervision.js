import { onMounted, onWillUnmount, reactive, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const REFRESH = 20000;

/** What a supervisor sees of the floor. Nothing he does is kept for later. */
export class Supervision {
    data = null;
    busy = false;

    constructor(floor) {
        this.floor = floor;
    }

    load() {
        return this.ask("open", {}, true);
    }

    /** @returns {Promise<boolean>} whether the server did it */
    async act(action, params) {
        if (this.busy) {
            return false;
        }
        this.busy = true;
        try {
            return await this.ask(action, params, false);
        } finally {
            this.busy = false;
        }
    }

    async ask(action, params, isQuiet) {
        const answer = await this.floor.ask(`supervisor/${action}`, params);
        if (answer?.data.crew) {
            this.data = answer.data;
            this.floor.readAt = Date.now();
            return true;
        }
        if (!answer && !isQuiet && this.floor.network !== "failing") {
            this.floor.say("danger", _t("No network: nothing was changed. Try again."));
        }
        if (answer?.next_state === "sign_in") {
            this.floor.go("sign_in");
        }
        return false;
    }

    /**
     * @param {object} row with ids of reasons, favorites first
     * @returns {object[]} what a list of reasons shows
     */
    getReasons(row) {
        return row.reasons.map((id, place) => ({
            ...this.data.reasons[id],
            favorite: place < row.favorites,
        }));
    }
}

/** The supervisor's view, read again as long as it is looked at. */
export function useSupervision() {
    const supervision = useState(useService("shop_floor_supervision"));
    const load = () => !document.hidden && !supervision.busy && supervision.load();
    const timer = setInterval(load, REFRESH);
    onMounted(load);
    onWillUnmount(() => clearInterval(timer));
    return supervision;
}

registry.category("services").add("shop_floor_supervision", {
    dependencies: ["shop_floor"],
    start(env, { shop_floor }) {
        return reactive(new Supervision(shop_floor));
    },
});
