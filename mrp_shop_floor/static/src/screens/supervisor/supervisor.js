import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useSupervision } from "../../floor/supervision";

/** What waits for the supervisor: one line each. */
export class Supervisor extends Component {
    static template = "mrp_shop_floor.Supervisor";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.supervision = useSupervision();
    }

    get lines() {
        const { data } = this.supervision;
        const working = data.crew.filter((one) => one.works.length);
        const queued = data.queue.reduce((sum, place) => sum + place.rows.length, 0);
        return [
            { screen: "helping", name: _t("Asked for help"), icon: "fa-bell" },
            { screen: "deciding", name: _t("Overrides"), icon: "fa-unlock-alt" },
            { screen: "unblocking", name: _t("Blocked"), icon: "fa-ban" },
            { screen: "explaining", name: _t("Reasons pending"), icon: "fa-question" },
            { screen: "lateness", name: _t("Late"), icon: "fa-clock-o" },
            { screen: "crew", name: _t("Crew"), icon: "fa-users" },
            { screen: "queue", name: _t("Order of work"), icon: "fa-sort" },
        ].map((line) => ({
            ...line,
            count: {
                helping: data.help.length,
                deciding: data.overrides.length,
                unblocking: data.blocked.length,
                explaining: data.delays.length,
                lateness: data.late.length,
                crew: working.length,
                queue: queued,
            }[line.screen],
            urgent: ["helping", "deciding", "unblocking"].includes(line.screen),
        }));
    }

    open(line) {
        this.floor.go(line.screen, { back: "supervisor" });
    }
}
