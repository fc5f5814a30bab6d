import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatHours } from "../feed/format";

/** How late a run will be and why: colour, icon and words. */
export class BoardLateness extends Component {
    static template = "mrp_live_board.BoardLateness";
    static props = { ...standardFieldProps };

    get isKnown() {
        const { due_date: due, expected_date: expected } = this.props.record.data;
        return Boolean(due && expected);
    }

    get isLate() {
        return this.props.record.data.is_late;
    }

    get text() {
        const hours = this.props.record.data[this.props.name];
        return this.isLate ? _t("%s late", formatHours(hours)) : _t("in time");
    }

    get reason() {
        return this.isLate ? this.props.record.data.delay_reason || "" : "";
    }
}

registry.category("fields").add("board_lateness", {
    component: BoardLateness,
    displayName: _t("Lateness"),
    supportedTypes: ["float"],
    fieldDependencies: [
        { name: "is_late", type: "boolean" },
        { name: "delay_reason", type: "char" },
        { name: "due_date", type: "datetime" },
        { name: "expected_date", type: "datetime" },
    ],
});
