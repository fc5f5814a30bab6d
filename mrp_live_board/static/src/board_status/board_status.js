import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { EXPIRED, LIVE, POLLING } from "../feed/board_feed";

const { DateTime } = luxon;

/** How many runs there are, and whether what the board shows is of now. */
export class BoardStatus extends Component {
    static template = "mrp_live_board.BoardStatus";
    static props = {
        state: Object,
        wall: { type: Object, optional: true },
        timeline: { type: Boolean, optional: true },
        onToggleTimeline: { type: Function, optional: true },
    };

    get asOf() {
        const format = this.props.state.mode === LIVE ? "HH:mm:ss" : "HH:mm";
        return formatDateTime(DateTime.fromMillis(this.props.state.asOf), { format });
    }

    get text() {
        switch (this.props.state.mode) {
            case LIVE:
                return _t("live · %s", this.asOf);
            case POLLING:
                return _t("as of %s", this.asOf);
            case EXPIRED:
                return _t("as of %s: your session expired", this.asOf);
            default:
                return _t("as of %s: no connection", this.asOf);
        }
    }

    get isExpired() {
        return this.props.state.mode === EXPIRED;
    }

    get className() {
        const classes = { live: "text-success", polling: "text-warning" };
        return classes[this.props.state.mode] || "text-danger";
    }

    get icon() {
        const icons = { live: "fa-circle", polling: "fa-refresh" };
        return icons[this.props.state.mode] || "fa-exclamation-triangle";
    }

    onLogin() {
        browser.location.reload();
    }
}
