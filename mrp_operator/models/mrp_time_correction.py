from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import TimeDoor
from ..tools.time_door import CORRECT

KEPT = ("operator_id", "date_start", "date_end", "seconds")


class MrpTimeCorrection(models.Model):
    """What a time log said before it was corrected, by whom and why."""

    _name = "mrp.time.correction"
    _description = "Time Correction"
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "log_id"

    log_id = fields.Many2one(
        "mrp.workcenter.productivity",
        string="Time Log",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    workorder_id = fields.Many2one(
        "mrp.workorder", string="Operation", readonly=True, ondelete="set null"
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [
            ("correction", "Correction"),
            ("archive", "Taken Back"),
            ("system", "Shortened by Odoo"),
        ],
        required=True,
        readonly=True,
        help="Odoo itself shortens or takes back time when somebody types a smaller "
        "duration, or when an operation is cancelled.",
    )
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    reason_id = fields.Many2one(
        "mrp.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    note = fields.Char(readonly=True)
    after_booking = fields.Boolean(
        readonly=True,
        help="The order was done: the time changed, its cost stays as it was booked.",
    )
    old_operator_id = fields.Many2one(
        "hr.employee", string="Operator Before", readonly=True, ondelete="restrict"
    )
    new_operator_id = fields.Many2one(
        "hr.employee", string="Operator After", readonly=True, ondelete="restrict"
    )
    old_date_start = fields.Datetime(string="Start Before", readonly=True)
    new_date_start = fields.Datetime(string="Start After", readonly=True)
    old_date_end = fields.Datetime(string="End Before", readonly=True)
    new_date_end = fields.Datetime(string="End After", readonly=True)
    old_seconds = fields.Integer(string="Seconds Before", readonly=True)
    new_seconds = fields.Integer(string="Seconds After", readonly=True)

    @api.depends("kind", "log_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for correction in self:
            place = correction.workorder_id or correction.log_id
            correction.display_name = (
                f"{kinds.get(correction.kind)}: {place.display_name}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        if TimeDoor.name_of(self.env) != CORRECT:
            raise UserError(
                self.env._(
                    "A correction is written when a time log is corrected: use Correct "
                    "Time on the log."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(
                self.env._(
                    "Corrections are kept as they were made. Correct the time log "
                    "again instead."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Corrections are kept: %(name)s.", name=self[:1].display_name)
        )
