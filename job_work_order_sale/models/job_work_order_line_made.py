from odoo import api, fields, models


class JobWorkOrderLine(models.Model):
    """What the runs of a line made, and whether that is all that was sold."""

    _inherit = "job.work.order.line"

    qty_made = fields.Float(
        string="Made",
        digits="Product Unit",
        compute="_compute_qty_made",
        store=True,
        help="Good units that finished runs made, in the unit of the line: without "
        "what was taken apart again and, unless it is billed, without scrap.",
    )
    bill_scrap = fields.Boolean(
        help="Units that were made and then scrapped are paid by the customer.",
    )

    @api.depends(
        "bill_scrap",
        "product_uom_id",
        "production_ids.job_is_child",
        "production_ids.move_finished_ids.state",
        "production_ids.move_finished_ids.quantity",
        "production_ids.scrap_ids.state",
        "production_ids.unbuild_ids.state",
    )
    def _compute_qty_made(self):
        for line in self:
            runs = line.production_ids.filtered(lambda run: not run.job_is_child)
            line.qty_made = sum(run._get_job_made(line) for run in runs)

    def _supply(self, procurement):
        """What a sales line asks for comes from this line."""
        self.ensure_one()
        self._link_deliveries()
        sold = self.sale_line_id.product_uom_id._compute_quantity(
            self.sale_line_id.product_uom_qty, self.product_uom_id, round=False
        )
        if self.product_uom_id.compare(sold, self.quantity) > 0:
            self.job_id.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.job_id.user_id.id or self.env.uid,
                summary=self.env._(
                    "%(order)s sells %(sold)s of %(product)s, the job makes %(made)s",
                    order=self.sale_line_id.order_id.name,
                    sold=f"{sold:.12g}",
                    product=self.product_id.display_name,
                    made=f"{self.quantity:.12g}",
                ),
            )
