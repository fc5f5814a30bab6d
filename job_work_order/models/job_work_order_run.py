from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import is_server


class JobWorkOrderRun(models.Model):
    """A run that is planned: quantity and date, and the order it became."""

    _name = "job.work.order.run"
    _description = "Planned Run"
    _order = "date_start, id"
    _rec_name = "date_start"

    line_id = fields.Many2one(
        "job.work.order.line", required=True, index=True, ondelete="cascade"
    )
    job_id = fields.Many2one(
        related="line_id.job_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, index=True, precompute=True
    )
    product_uom_id = fields.Many2one(related="line_id.product_uom_id")
    quantity = fields.Float(digits="Product Unit", required=True)
    date_start = fields.Datetime(string="Start", required=True)
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    is_planned = fields.Boolean(compute="_compute_is_planned")
    state = fields.Selection(related="production_id.state")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of a run has to be above 0."
    )
    _production_unique = models.UniqueIndex(
        "(production_id) WHERE production_id IS NOT NULL",
        "A manufacturing order is one run only.",
    )

    @api.depends("production_id")
    def _compute_is_planned(self):
        for run in self:
            # sudo: that there is an order may be known to whoever sees the row
            run.is_planned = bool(run.sudo().production_id)

    @api.model_create_multi
    def create(self, vals_list):
        if not is_server(self):
            vals_list = [vals | {"production_id": False} for vals in vals_list]
        runs = super().create(vals_list)
        runs._check_open_to_edit()
        return runs

    def write(self, vals):
        self._check_open_to_edit()
        if "production_id" in vals and not is_server(self):
            raise UserError(
                self.env._("Runs become manufacturing orders by planning the job.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        self._check_open_to_edit()

    def _check_open_to_edit(self):
        """Raise when the row of a planned run or of an approved job would change."""
        if is_server(self):
            return
        self.job_id._check_open_to_edit()
        # sudo: runs count, whoever may see them
        planned = self.sudo().filtered("production_id")
        if planned:
            raise UserError(
                self.env._(
                    "%(run)s is planned. Use Change Run on the job.",
                    run=planned[0].production_id.name,
                )
            )

    def _check_warehouse(self):
        """Odoo numbers orders by the warehouse they are made in.

        :raise UserError: when there is none
        """
        company = self.company_id
        orders = self.env["mrp.production"]
        if not all(
            row.line_id.bom_id.picking_type_id for row in self
        ) and not orders._get_default_picking_type_id(company.id):
            raise UserError(
                self.env._(
                    "%(company)s has no warehouse to manufacture in. Add one in "
                    "Inventory / Configuration / Warehouses, or have its "
                    "administrator do it.",
                    company=company.name,
                )
            )

    def _prepare_production(self):
        """:return: values of the manufacturing order that the run becomes"""
        self.ensure_one()
        line = self.line_id
        job = line.job_id
        bom = line.bom_id
        return {
            "product_id": line.product_id.id,
            "bom_id": bom.id,
            "product_qty": self.quantity,
            "product_uom_id": line.product_uom_id.id,
            "date_start": self.date_start,
            "date_deadline": job.date_due,
            "company_id": job.company_id.id,
            "user_id": job.user_id.id or self.env.uid,
            "origin": job.name,
            "priority": "0" if job.priority == "0" else "1",
            "job_id": job.id,
            "job_line_id": line.id,
            "never_product_template_attribute_value_ids": [
                fields.Command.set(line.configuration_ids.ids)
            ],
            **(
                {"picking_type_id": bom.picking_type_id.id}
                if bom.picking_type_id
                else {}
            ),
        }
