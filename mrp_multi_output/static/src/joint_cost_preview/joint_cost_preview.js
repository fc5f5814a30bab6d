import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLORS = {
    main: "primary",
    co_product: "info",
    by_product: "success",
    waste: "secondary",
};

/** How the cost of one run of a recipe is split: a bar and a table. */
export class JointCostPreview extends Component {
    static template = "mrp_multi_output.JointCostPreview";
    static props = { ...standardFieldProps };

    get preview() {
        return this.props.record.data[this.props.name];
    }

    get rows() {
        const labels = {
            main: _t("Main product"),
            co_product: _t("Co-product"),
            by_product: _t("By-product"),
            waste: _t("Waste"),
        };
        return this.preview.rows.map((row, index) => ({
            ...row,
            index,
            label: labels[row.type],
            color: COLORS[row.type],
            width: Math.max(row.percent, 0),
        }));
    }

    amount(value) {
        return formatMonetary(value, { currencyId: this.preview.currency_id });
    }

    number(value) {
        return formatFloat(value, { digits: [16, 2] });
    }
}

export const jointCostPreview = {
    component: JointCostPreview,
    displayName: _t("Joint Cost Preview"),
    supportedTypes: ["jsonb", "json"],
};

registry.category("fields").add("joint_cost_preview", jointCostPreview);
