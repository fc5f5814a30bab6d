import { Component, onWillStart, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { JobFirstDay } from "../first_day/job_first_day";
import { JobDashboardTile } from "./job_dashboard_tile";

const STORE = "job_work_order.dashboard";

/** How the factory did: figures beside their targets. */
export class JobDashboard extends Component {
    static template = "job_work_order.JobDashboard";
    static components = {
        Dropdown,
        DropdownItem,
        JobDashboardTile,
        JobFirstDay,
        Layout,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.periods = [
            { key: "week", name: _t("Last 7 days") },
            { key: "month", name: _t("Last 30 days") },
            { key: "quarter", name: _t("Last 13 weeks") },
            { key: "year", name: _t("Last 12 months") },
        ];
        this.state = useState({ period: "month", workcenterId: false, figures: null });
        Object.assign(this.state, this.recall());
        onWillStart(() => this.load());
    }

    /** What was looked at last, on this device. */
    recall() {
        try {
            const { period, workcenterId } =
                JSON.parse(localStorage.getItem(STORE)) || {};
            return { period: period || "month", workcenterId: workcenterId || false };
        } catch {
            return {};
        }
    }

    async load() {
        const { period, workcenterId } = this.state;
        this.state.figures = await this.keepLast.add(
            this.orm.call("job.dashboard", "get_figures", [period, workcenterId])
        );
    }

    async choose(changes) {
        Object.assign(this.state, changes);
        const { period, workcenterId } = this.state;
        localStorage.setItem(STORE, JSON.stringify({ period, workcenterId }));
        await this.load();
    }

    get periodName() {
        return this.periods.find(({ key }) => key === this.state.figures.period).name;
    }

    get workcenterName() {
        const { workcenters, workcenter_id: id } = this.state.figures;
        return workcenters.find((row) => row.id === id)?.name || _t("All work centers");
    }

    get isEmpty() {
        return this.state.figures.tiles.every((tile) => !tile.value);
    }

    open(action) {
        if (action) {
            this.action.doAction(action);
        }
    }
}

registry.category("actions").add("job_work_order.dashboard", JobDashboard);
