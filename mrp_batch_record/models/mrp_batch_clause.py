from odoo import fields, models


class MrpBatchClause(models.Model):
    """What a rule asks of a batch record, and where the record has it."""

    _name = "mrp.batch.clause"
    _description = "Clause of a Rule about Batch Records"
    _order = "sequence, id"
    _rec_name = "code"

    sequence = fields.Integer()
    rule = fields.Char(required=True, readonly=True)
    code = fields.Char(string="Clause", required=True, readonly=True)
    text = fields.Char(string="Asks For", required=True, readonly=True, translate=True)
    kinds = fields.Char(
        string="Entries", readonly=True, help="Kinds of entries that hold it."
    )
    coverage = fields.Selection(
        [
            ("automatic", "Recorded by Odoo"),
            ("manual", "Entered as a result or check"),
            ("none", "Not covered yet"),
        ],
        required=True,
        readonly=True,
    )
    note = fields.Char(string="Where", readonly=True, translate=True)
