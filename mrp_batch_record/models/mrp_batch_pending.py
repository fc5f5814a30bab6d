from odoo import fields, models


class MrpBatchPending(models.Model):
    """Entries that are sealed and wait for their place in the chain.

    Only a list of work: whoever takes a row away delays the link, and the verifier
    finds the entry that has none.
    """

    _name = "mrp.batch.pending"
    _description = "Entry to Link"
    _log_access = False
    _rec_name = "entry"

    entry = fields.Integer(required=True)
    company = fields.Integer(required=True, index=True)
