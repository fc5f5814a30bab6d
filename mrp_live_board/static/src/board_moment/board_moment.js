import { Component } from "@odoo/owl";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatMoment } from "../feed/format";

/** A date and time told short; the whole of it on hover. */
export class BoardMoment extends Component {
    static template = "mrp_live_board.BoardMoment";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get text() {
        return formatMoment(this.value);
    }

    get title() {
        return this.value ? formatDateTime(this.value) : "";
    }
}

registry.category("fields").add("board_moment", {
    component: BoardMoment,
    displayName: _t("Moment"),
    supportedTypes: ["datetime"],
});
