from odoo import api, fields, models


class MrpTimeCorrect(models.TransientModel):
    """A supervisor says what a time log should have said, and why."""

    _name = "mrp.time.correct"
    _description = "Correct Time"

    log_id = fields.Many2one(
        "mrp.workcenter.productivity", string="Time Log", required=True, readonly=True
    )
    workorder_id = fields.Many2one(related="log_id.workorder_id")
    company_id = fields.Many2one(related="log_id.company_id")
    is_booked = fields.Boolean(compute="_compute_is_booked")
    take_back = fields.Boolean(
        string="Take It Back", help="The time counts no more; the log is archived."
    )
    operator_id = fields.Many2one(
        "hr.employee",
        compute="_compute_operator_id",
        store=True,
        readonly=False,
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
    )
    date_start = fields.Datetime(
        string="Start", compute="_compute_date_start", store=True, readonly=False
    )
    date_end = fields.Datetime(
        string="End", compute="_compute_date_end", store=True, readonly=False
    )
    reason_id = fields.Many2one(
        "mrp.reason",
        required=True,
        domain="[('category', '=', 'override'), ('usable', '=', True)]",
    )
    note = fields.Char()

    @api.depends("log_id")
    def _compute_operator_id(self):
        for wizard in self:
            wizard.operator_id = wizard.log_id.operator_id

    @api.depends("log_id")
    def _compute_date_start(self):
        for wizard in self:
            wizard.date_start = wizard.log_id.date_start

    @api.depends("log_id")
    def _compute_date_end(self):
        for wizard in self:
            wizard.date_end = wizard.log_id.date_end

    @api.depends("log_id")
    def _compute_is_booked(self):
        for wizard in self:
            wizard.is_booked = wizard.log_id.production_id.state == "done"

    def action_correct(self):
        """Correct the log."""
        self.ensure_one()
        self.log_id._correct(self._prepare_vals(), self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_vals(self):
        if self.take_back:
            return {
                "active": False,
                "date_end": self.log_id.date_end or fields.Datetime.now(),
            }
        return {
            "operator_id": self.operator_id.id,
            "date_start": self.date_start,
            "date_end": self.date_end,
        }
