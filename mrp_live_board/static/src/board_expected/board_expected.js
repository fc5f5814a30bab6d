import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BoardMoment } from "../board_moment/board_moment";
import { formatSpan } from "../feed/format";

/** Expected completion with its spread. */
export class BoardExpected extends BoardMoment {
    get text() {
        const { expected_early: early, expected_late: late } = this.props.record.data;
        return this.value
            ? formatSpan(early || this.value, late || this.value)
            : _t("unknown");
    }

    get title() {
        return this.value
            ? formatDateTime(this.value)
            : _t("A work center of the run has no working hours.");
    }
}

registry.category("fields").add("board_expected", {
    component: BoardExpected,
    displayName: _t("Expected Completion"),
    supportedTypes: ["datetime"],
    fieldDependencies: [
        { name: "expected_early", type: "datetime" },
        { name: "expected_late", type: "datetime" },
    ],
});
