from odoo import fields, models


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
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    reason_id = fields.Many2one(
        "mrp.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    note = fields.Char(readonly=True)
    old_values = fields.Json(readonly=True)
    new_values = fields.Json(readonly=True)
