from odoo import models
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    """What a run made for the customer of its job."""

    _inherit = "mrp.production"

    def _get_procured_children(self):
        """:return: sub-assemblies, at any depth, that were procured for these runs"""
        found = self.browse()
        level = self
        while level:
            level = (
                level.production_group_id.child_ids.production_ids
                | level.move_raw_ids.move_orig_ids.production_id
            ) - found
            level = level.filtered(lambda run: not run.job_id and run not in self)
            found |= level
        return found

    def _get_job_made(self, line):
        """Good units of the product of a job line.

        :return: quantity in the unit of the line
        """
        self.ensure_one()
        product = line.product_id
        made = sum(
            move.product_uom._compute_quantity(
                move.quantity, product.uom_id, round=False
            )
            for move in self.move_finished_ids
            if move.state == "done" and move.product_id == product
        )
        if not line.bill_scrap:
            made -= sum(
                scrap.product_uom_id._compute_quantity(
                    scrap.scrap_qty, product.uom_id, round=False
                )
                for scrap in self.scrap_ids
                if scrap.state == "done" and scrap.product_id == product
            )
        made -= sum(
            unbuild.product_uom_id._compute_quantity(
                unbuild.product_qty, product.uom_id, round=False
            )
            for unbuild in self.unbuild_ids
            if unbuild.state == "done" and unbuild.product_id == product
        )
        return product.uom_id._compute_quantity(
            max(made, 0), line.product_uom_id, round=False
        )

    def _get_job_lots(self):
        """:return: ``stock.lot`` of what these runs made"""
        moves = self.move_finished_ids.filtered(
            lambda move: (
                move.state == "done" and move.product_id in self.mapped("product_id")
            )
        )
        return moves.move_line_ids.lot_id

    def action_cancel(self):
        # sudo: what was billed counts, whoever may see it
        billed = self.env["job.billing.line"].sudo()
        if self.filtered("job_id"):
            billed = billed.search(
                [
                    ("production_id", "in", self.ids),
                    *billed._get_effective_domain(),
                ]
            )
        for run, rows in billed.grouped("production_id").items():
            if sum(rows.mapped("quantity")) > 0:
                raise UserError(
                    self.env._(
                        "%(run)s was billed by %(invoices)s and cannot be cancelled. "
                        "Add a credit note first.",
                        run=run.name,
                        invoices=", ".join(
                            rows.move_line_id.move_id.mapped("display_name")
                        ),
                    )
                )
        return super().action_cancel()

    def action_invoice_job(self):
        """Bill what these runs made."""
        return self.job_id._get_invoice_action(runs=self)
