from odoo import fields, models

from odoo.addons.mrp_multi_output.tools import joint_cost


class JobWorkOrderLine(models.Model):
    """Co-products that the customer pays for."""

    _inherit = "job.work.order.line"

    output_sale_line_ids = fields.One2many(
        "sale.order.line", "job_output_line_id", string="Sales Lines of Co-Products"
    )

    def _get_output_moves(self):
        """:return: co-products that runs of these lines put out"""
        runs = self.production_ids.filtered(lambda run: not run.job_is_child)
        return runs.move_finished_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.output_type == joint_cost.CO_PRODUCT
                and move.product_id not in self.product_id
            )
        )

    def _get_output_quantity(self, sale_line):
        """:return: what came out of the product of a sales line, as it is sold"""
        self.ensure_one()
        return sum(
            move.product_uom._compute_quantity(
                move.quantity, sale_line.product_uom_id, round=False
            )
            for move in self._get_output_moves()
            if move.product_id == sale_line.product_id
        )

    def _write_outputs(self):
        """Give the order a line for each co-product that is billed.

        :return: dict from id of these lines to what of them is not billed
        """
        open_quantities = {}
        for line in self.filtered(lambda line: line.bill_coproducts):
            order = line.sale_line_id.order_id
            known = order.order_line.filtered(
                lambda sale_line, line=line: sale_line.job_output_line_id == line
            ).grouped("product_id")
            for product in line._get_output_moves().product_id:
                # these goods were made already: nothing is procured for them
                sale_lines = order.order_line.with_context(skip_procurement=True)
                sale_line = known.get(product) or sale_lines.create(
                    {
                        "order_id": order.id,
                        "product_id": product.id,
                        "product_uom_qty": 0.0,
                        "job_output_line_id": line.id,
                    }
                )
                sale_line.with_context(
                    skip_procurement=True
                ).product_uom_qty = line._get_output_quantity(sale_line)
                if sale_line.qty_to_invoice > 0:
                    open_quantities[sale_line.id] = sale_line.qty_to_invoice
        return open_quantities
