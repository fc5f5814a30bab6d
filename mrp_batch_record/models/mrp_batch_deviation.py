from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import DECIDING
from .mrp_batch_record import GROUP_RELEASE

DISPOSITIONS = [
    ("use", "Use as It Is"),
    ("rework", "Rework"),
    ("downgrade", "Downgrade"),
    ("reject", "Reject"),
    ("none", "No Effect on the Product"),
]


class MrpBatchDeviation(models.Model):
    """Something was not as it should be: what was found out and decided about it."""

    _name = "mrp.batch.deviation"
    _description = "Deviation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "name"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(string="Number", readonly=True, required=True, default="/")
    record_id = fields.Many2one(
        "mrp.batch.record",
        string="Batch Record",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="record_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="record_id.product_id", store=True)
    severity = fields.Selection(
        [("minor", "Minor"), ("major", "Major"), ("critical", "Critical")],
        required=True,
        default="minor",
    )
    description = fields.Text(required=True, help="What was not as it should be.")
    user_id = fields.Many2one("res.users", string="Reported by", readonly=True)
    date = fields.Datetime(string="Reported", readonly=True)
    investigation = fields.Text(
        help="What was found out, what else it may touch, what is done against it."
    )
    disposition = fields.Selection(DISPOSITIONS)
    disposition_note = fields.Text(string="Why")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
    )
    closed_user_id = fields.Many2one("res.users", string="Closed by", readonly=True)
    closed_date = fields.Datetime(string="Closed", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        own = {
            "state": "open",
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "closed_user_id": False,
            "closed_date": False,
            "name": "/",
        }
        deviations = super().create([vals | own for vals in vals_list])
        for deviation in deviations:
            record = deviation.record_id
            record._check_deviation_allowed()
            # sudo: numbers and entries are the server's
            number = record.sudo().deviation_ids
            DECIDING.put_on(deviation.sudo()).name = f"{record.name}/D{len(number)}"
            record.sudo()._add("deviation", {record.sudo(): deviation._prepare_entry()})
        return deviations

    def write(self, vals):
        if not DECIDING.is_on(self.env):
            self._check_write(vals)
        return super().write(vals)

    def _check_write(self, vals):
        fixed = vals.keys() & {
            "record_id",
            "name",
            "state",
            "description",
            "severity",
            "user_id",
            "date",
            "closed_user_id",
            "closed_date",
        }
        closed = self.filtered(lambda deviation: deviation.state == "closed")
        own = {key for key in vals if not key.startswith(("message_", "activity_"))}
        if (fixed and self) or (closed and own):
            raise UserError(
                self.env._(
                    "%(deviation)s stays as it was reported. Its investigation and "
                    "disposition are filled in until it is closed; what came to "
                    "light later is a new deviation.",
                    deviation=self[:1].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%(deviation)s is kept. Close it with the disposition “No effect”.",
                deviation=self[:1].name,
            )
        )

    def _prepare_entry(self):
        record = self.record_id
        severities = dict(self._fields["severity"]._description_selection(self.env))
        return {
            "number": self.name,
            "severity": self.severity,
            "severity_name": severities[self.severity],
            "description": self.description,
            "by": record._get_user(),
        }

    def action_close(self):
        """Close it: the disposition and what was found out are sealed."""
        if not self.env.user.has_group(GROUP_RELEASE):
            raise AccessError(
                self.env._(
                    "Only people with the role “Lot Release” close deviations. Fill in "
                    "what was found out and ask one of them."
                )
            )
        for deviation in self:
            deviation._close()

    def _close(self):
        if self.state == "closed":
            return
        if not self.disposition or not (self.investigation or "").strip():
            raise UserError(
                self.env._(
                    "%(deviation)s needs what was found out and a disposition before "
                    "it is closed.",
                    deviation=self.name,
                )
            )
        names = dict(self._fields["disposition"]._description_selection(self.env))
        # sudo: entries are written by the server alone
        record = self.record_id.sudo()
        record._add(
            "deviation_closed",
            {
                record: {
                    "number": self.name,
                    "investigation": self.investigation,
                    "disposition": self.disposition,
                    "disposition_name": names[self.disposition],
                    "why": self.disposition_note or None,
                    "by": record._get_user(self.env.user),
                }
            },
        )
        # sudo: state and person of the closure are the server's
        DECIDING.put_on(self.sudo()).write(
            {
                "state": "closed",
                "closed_user_id": self.env.uid,
                "closed_date": fields.Datetime.now(),
            }
        )
