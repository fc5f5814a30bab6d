import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const ICONS = {
    ok: "fa-check",
    expiring: "fa-clock-o",
    trainee: "fa-graduation-cap",
    missing: "fa-times",
};

/** Who may work where: operators × work centers. */
export class SkillMatrix extends Component {
    static template = "mrp_operator_skill.SkillMatrix";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ search: "", detail: null });
        this.statuses = [
            { key: "ok", label: _t("ok") },
            { key: "expiring", label: _t("expiring") },
            { key: "trainee", label: _t("trainee") },
            { key: "missing", label: _t("missing") },
        ];
        onWillStart(async () => {
            this.matrix = await this.orm.call("mrp.skill.requirement", "get_matrix", [
                this.workcenterIds,
            ]);
        });
    }

    get workcenterIds() {
        return this.props.action.params?.workcenter_ids || [];
    }

    get operators() {
        const search = this.state.search.trim().toLowerCase();
        return this.matrix.operators.filter((operator) =>
            operator.name.toLowerCase().includes(search)
        );
    }

    cell(operator, workcenter) {
        return this.matrix.cells[operator.id][workcenter.id];
    }

    icon(status) {
        return ICONS[status];
    }

    label(status) {
        return this.statuses.find((each) => each.key === status).label;
    }

    count(workcenter) {
        return this.matrix.operators.filter((operator) =>
            ["ok", "expiring"].includes(this.cell(operator, workcenter)?.status)
        ).length;
    }

    show(operator, workcenter) {
        const cell = this.cell(operator, workcenter);
        this.state.detail = cell && {
            title: `${operator.name} · ${workcenter.name}`,
            status: cell.status,
            text: cell.text,
        };
    }

    openOperator(operator) {
        this.action.doAction("mrp_operator_skill.hr_employee_skill_action_validation", {
            additionalContext: {
                search_default_employee_id: operator.id,
                search_default_unvalidated: 0,
            },
        });
    }

    openRequirements() {
        this.action.doAction("mrp_operator_skill.mrp_skill_requirement_action");
    }

    export() {
        const query = new URLSearchParams({
            workcenter_ids: this.workcenterIds.join(","),
            cids: user.context.allowed_company_ids.join(","),
        });
        this.action.doAction({
            type: "ir.actions.act_url",
            url: `/mrp_operator_skill/matrix.xlsx?${query}`,
            target: "download",
        });
    }
}

registry.category("actions").add("mrp_skill_matrix", SkillMatrix);
