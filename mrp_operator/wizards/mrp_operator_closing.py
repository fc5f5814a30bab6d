from odoo import Command, api, fields, models


class MrpOperatorClosing(models.TransientModel):
    """Who did what nobody logged? Asked in the office, never of a machine."""

    _name = "mrp.operator.closing"
    _description = "Who Did It?"

    production_ids = fields.Many2many(
        "mrp.production", string="Manufacturing Orders", required=True, readonly=True
    )
    line_ids = fields.One2many(
        "mrp.operator.closing.line",
        "closing_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("production_ids")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.create(
                    {
                        "workorder_id": workorder.id,
                        "operator_ids": [Command.set(workorder._get_crew().ids)],
                    }
                )
                for workorder in wizard.production_ids.workorder_ids._get_unlogged()
            ]

    def action_name(self):
        """Let the time be that of those who were named, and go on."""
        self.ensure_one()
        for line in self.line_ids.filtered("operator_ids"):
            line.workorder_id._name_operators(line.operator_ids)
        return self.action_skip()

    def action_skip(self):
        """Go on: time that is filled in is nobody's."""
        self.ensure_one()
        context = dict(self.env.context)
        context.pop("ask_operators", None)
        # pylint: disable=context-overridden
        productions = self.production_ids.with_context(context)
        return productions.button_mark_done()


class MrpOperatorClosingLine(models.TransientModel):
    _name = "mrp.operator.closing.line"
    _description = "Who Did This Operation?"
    _inherit = ["hr.mixin"]

    closing_id = fields.Many2one(
        "mrp.operator.closing", required=True, ondelete="cascade"
    )
    workorder_id = fields.Many2one(
        "mrp.workorder", string="Operation", required=True, readonly=True
    )
    company_id = fields.Many2one(related="workorder_id.company_id")
    duration_expected = fields.Float(related="workorder_id.duration_expected")
    operator_ids = fields.Many2many(
        "hr.employee",
        string="Operators",
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
    )
