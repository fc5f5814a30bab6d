from odoo import fields, models


class MrpBoardAlert(models.Model):
    """Somebody was told that a run is late or blocked: once per cause."""

    _name = "mrp.board.alert"
    _description = "Alert about a Run"
    _order = "date desc, id desc"
    _rec_name = "cause"

    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="production_id.company_id", store=True, index=True
    )
    cause = fields.Char(required=True, readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    date_resolved = fields.Datetime(string="Resolved", readonly=True)
    user_id = fields.Many2one("res.users", string="Told", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _open_once = models.UniqueIndex(
        "(production_id, cause) WHERE date_resolved IS NULL",
        "Nobody is told twice about the same cause.",
    )
