import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BoardMoment } from "../board_moment/board_moment";
import { formatMoment } from "../feed/format";

/** What happened last, and when. */
export class BoardEvent extends BoardMoment {
    get text() {
        const { fields, data } = this.props.record;
        const kinds = Object.fromEntries(fields.last_event_kind.selection);
        return this.value
            ? `${kinds[data.last_event_kind] || ""} ${formatMoment(this.value)}`
            : "";
    }
}

registry.category("fields").add("board_event", {
    component: BoardEvent,
    displayName: _t("Last Event"),
    supportedTypes: ["datetime"],
    fieldDependencies: [{ name: "last_event_kind", type: "selection" }],
});
