import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatMoment } from "../../core/number";
import { useSupervision } from "../../floor/supervision";

/** Who works on what, who is signed in where, since when. */
export class Crew extends Component {
    static template = "mrp_shop_floor.Crew";
    static props = {};

    setup() {
        this.supervision = useSupervision();
        this.formatMoment = formatMoment;
    }

    get groups() {
        const crew = this.supervision.data?.crew || [];
        const isThere = (one) => one.at.length || one.phone;
        return [
            {
                key: "running",
                name: _t("At work"),
                icon: "fa-play",
                people: crew.filter((one) => one.works.length),
            },
            {
                key: "ready",
                name: _t("Signed in"),
                icon: "fa-circle-o",
                people: crew.filter((one) => !one.works.length && isThere(one)),
            },
            {
                key: "away",
                name: _t("Not there"),
                icon: "fa-moon-o",
                people: crew.filter((one) => !one.works.length && !isThere(one)),
            },
        ].filter((group) => group.people.length);
    }
}
