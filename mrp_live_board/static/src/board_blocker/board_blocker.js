import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What blocks a run: colour, icon and words. */
export class BoardBlocker extends Component {
    static template = "mrp_live_board.BoardBlocker";
    static props = { ...standardFieldProps };

    get text() {
        return this.props.record.data[this.props.name] || "";
    }
}

registry.category("fields").add("board_blocker", {
    component: BoardBlocker,
    displayName: _t("Blocked By"),
    supportedTypes: ["char"],
});
