from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_FAVORITES = 8


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    favorite_reason_ids = fields.Many2many(
        "mrp.reason",
        "mrp_workcenter_favorite_reason_rel",
        string="Favorite Reasons",
        check_company=True,
        help="Offered first at this work center, eight at most.",
    )

    @api.constrains("favorite_reason_ids")
    def _check_favorite_reasons(self):
        for workcenter in self:
            if len(workcenter.favorite_reason_ids) > MOST_FAVORITES:
                raise ValidationError(
                    self.env._(
                        "%(workcenter)s has %(count)s favorite reasons. Keep the "
                        "%(most)s that are used most.",
                        workcenter=workcenter.display_name,
                        count=len(workcenter.favorite_reason_ids),
                        most=MOST_FAVORITES,
                    )
                )
