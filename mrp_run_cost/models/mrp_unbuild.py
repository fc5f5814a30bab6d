from odoo import fields, models

from ..tools.run_entry import UnbuildEntry


class MrpUnbuild(models.Model):
    _inherit = "mrp.unbuild"

    run_entry_id = fields.Many2one(
        "account.move", string="Journal Entry", copy=False, readonly=True
    )

    def action_unbuild(self):
        """Unbuild, posting in the order's company, and book what is lost.

        Components come back at the value they were issued at, outputs leave at their
        current value; labour and overhead are lost.
        """
        res = super().action_unbuild()
        self._post_unbuild_entry()
        return res

    def _post_unbuild_entry(self):
        # sudo: whoever unbuilds need not be an accountant, as in core
        unbuild = self.sudo().with_company(self.company_id)
        moves = unbuild.produce_line_ids.filtered(
            lambda m: m.state == "done" and not m.account_move_id
        )
        locations = moves.location_id | moves.location_dest_id
        account = locations.filtered(
            lambda location: location.usage == "production"
        ).valuation_account_id[:1]
        entry = UnbuildEntry(unbuild, account, moves)
        posted = self.env["account.move"]._post_production_entries([entry])
        unbuild.run_entry_id = posted.get(entry)

    def _get_unbuild_loss_account(self):
        """:return: account for what an unbuild order loses, maybe none"""
        self.ensure_one()
        company = self.company_id
        return (
            company.unbuild_loss_account_id
            or company.production_variance_account_id
            or self.product_id._get_product_accounts()["expense"]
        )

    def action_view_run_entry(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.run_entry_id.id,
            "views": [(False, "form")],
        }
