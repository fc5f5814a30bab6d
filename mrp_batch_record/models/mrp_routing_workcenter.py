from odoo import fields, models

# what is asked for, and the meanings of the signatures that give it
SIGNATURES = {"performed": ["performed"], "checked": ["performed", "checked"]}


class MrpRoutingWorkcenter(models.Model):
    """Significant steps: who performed them signs, or a second person, too."""

    _inherit = "mrp.routing.workcenter"

    batch_signature = fields.Selection(
        [("performed", "Performer"), ("checked", "Performer and Second Person")],
        string="Signatures",
        help="Who signs this step in the batch record. Signing is never in the way of "
        "work; what is not signed is in the way of release.",
    )

    def _get_batch_signatures(self):
        """:return: list of the meanings that are asked for"""
        return SIGNATURES.get(self.batch_signature, [])
