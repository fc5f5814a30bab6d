import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatMoment, formatQuantity, formatSpan } from "../../core/number";
import { project } from "../../floor/project";
import { ScanButton } from "../../scan/scan_button";

/** What do I do now? Running, ready, blocked and why; in the planner's order. */
export class MyWork extends Component {
    static template = "mrp_shop_floor.MyWork";
    static components = { ScanButton };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.formatMoment = formatMoment;
        this.formatQuantity = formatQuantity;
        this.find = (code) => this.floor.find(code);
    }

    get groups() {
        const rows = this.floor.work.rows
            .map((row) => project(row, this.floor.events))
            .filter((row) => row.state !== "done");
        for (const row of rows) {
            if (row.running) {
                row.group = "running";
            } else if (row.group === "running") {
                row.group = "ready";
            }
        }
        const pick = (group) => rows.filter((row) => row.group === group);
        return [
            {
                key: "running",
                name: _t("Running"),
                icon: "fa-play",
                rows: pick("running"),
            },
            {
                key: "ready",
                name: _t("Ready"),
                icon: "fa-circle-o",
                rows: pick("ready"),
            },
            {
                key: "blocked",
                name: _t("Blocked"),
                icon: "fa-ban",
                rows: pick("blocked"),
            },
        ];
    }

    get isEmpty() {
        return this.groups.every((group) => !group.rows.length);
    }

    choosePlace(ev) {
        return this.floor.setWorkcenter(Number(ev.target.value));
    }

    worked(row) {
        const running = row.running ? (Date.now() - new Date(row.since)) / 1000 : 0;
        return formatSpan(row.worked * 60 + running);
    }

    expected(row) {
        return formatSpan(row.expected * 60);
    }
}
