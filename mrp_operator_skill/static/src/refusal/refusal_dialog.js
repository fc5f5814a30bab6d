import { Component } from "@odoo/owl";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Somebody is not qualified: says why, and offers to ask for an override. */
export class RefusalDialog extends Component {
    static template = "mrp_operator_skill.RefusalDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    setup() {
        this.action = useService("action");
        this.override = this.props.data.context?.override || {};
        this.lines = this.props.data.message.split("\n");
    }

    get canAsk() {
        return Boolean(this.override.workorder_id && this.override.operator_id);
    }

    async ask() {
        const context = Object.fromEntries(
            Object.entries(this.override).map(([name, id]) => [`default_${name}`, id])
        );
        this.props.close();
        await this.action.doAction("mrp_operator_skill.mrp_skill_override_action_ask", {
            additionalContext: context,
        });
    }
}

registry
    .category("error_dialogs")
    .add("odoo.addons.mrp_operator_skill.exceptions.QualificationError", RefusalDialog);
