import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useFlashing } from "../feed/use_flashing";
import { formatHours, formatMoment, formatSpan } from "../feed/format";
import { getRecords } from "../feed/use_board_feed";

/** Runs for people who stand three metres away: what matters, in large type. */
export class BoardWall extends Component {
    static template = "mrp_live_board.BoardWall";
    static props = ["*"];

    setup() {
        this.formatMoment = formatMoment;
        this.isFlashing = useFlashing();
    }

    get records() {
        return getRecords(this.props.list);
    }

    getStage({ data }) {
        return [data.operation_name, data.people].filter(Boolean).join(" · ");
    }

    getExpected({ data }) {
        const { expected_early: early, expected_late: late, expected_date: end } = data;
        return end ? formatSpan(early || end, late || end) : _t("unknown");
    }

    getLateness({ data }) {
        return data.is_late ? _t("%s late", formatHours(data.lateness)) : _t("in time");
    }
}
