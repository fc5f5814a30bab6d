import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";

/** One figure beside its target, how it went, and the way to its records. */
export class JobDashboardTile extends Component {
    static template = "job_work_order.JobDashboardTile";
    static props = { tile: Object, open: Function };

    get tile() {
        return this.props.tile;
    }

    format(value) {
        const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1;
        return formatFloat(value, { digits: [16, digits] });
    }

    get value() {
        return this.tile.value === false ? "–" : this.format(this.tile.value);
    }

    get target() {
        const target = this.format(this.tile.target);
        return this.tile.less_is_better
            ? _t("at most %(target)s %(unit)s", { target, unit: this.tile.unit })
            : _t("target %(target)s %(unit)s", { target, unit: this.tile.unit });
    }

    isGood(value) {
        const { target, less_is_better: less } = this.tile;
        return less ? value <= target : value >= target;
    }

    get judgement() {
        if (this.tile.value === false) {
            return { color: "muted", icon: "fa-bullseye" };
        }
        return this.isGood(this.tile.value)
            ? { color: "success", icon: "fa-check" }
            : { color: "danger", icon: "fa-exclamation-triangle" };
    }

    get openLabel() {
        return _t("Open %s", this.tile.title);
    }

    get trendLabel() {
        return this.bars.map((bar) => bar.title).join(", ");
    }

    get bars() {
        const { trend, unit } = this.tile;
        const most = Math.max(...trend.map(({ value }) => value || 0)) || 1;
        // targets of rates hold for each bar, those of sums for the whole time
        const judged = this.tile.target && unit === "%";
        return trend.map(({ label, value }) => ({
            title: `${label}: ${value === null ? "–" : `${this.format(value)} ${unit}`}`,
            height: (100 * (value || 0)) / most,
            color: judged && value !== null && !this.isGood(value) ? "warning" : "info",
        }));
    }
}
