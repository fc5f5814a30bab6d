from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import BillingPlan

PLANNER = "job_work_order.job_work_order_group_planner"


class SaleOrder(models.Model):
    """Jobs that make what an order sells."""

    _inherit = "sale.order"

    job_ids = fields.One2many("job.work.order", "sale_order_id", string="Jobs")
    job_count = fields.Integer(compute="_compute_job_count")
    can_make_job = fields.Boolean(compute="_compute_job_count")

    @api.depends("job_ids", "order_line.job_line_ids", "order_line.product_id")
    def _compute_job_count(self):
        for order in self:
            # sudo: that there are jobs may be known to whoever sees the order
            order.job_count = len(order.sudo().job_ids)
            order.can_make_job = bool(
                order.state != "cancel" and order.sudo()._get_lines_to_make()
            )

    def _get_lines_to_make(self):
        """:return: sales lines that are made by a recipe and have no job"""
        lines = self.order_line.filtered(
            lambda line: (
                line.product_id.type == "consu"
                and not line.display_type
                and not line.is_downpayment
                and not line.job_line_ids
                and not line.job_output_line_id
                and line.product_uom_id.compare(line.product_uom_qty, 0) > 0
            )
        )
        boms = self.env["mrp.bom"]
        for company, own in lines.grouped("company_id").items():
            found = boms._bom_find(
                own.product_id, company_id=company.id, bom_type="normal"
            )
            lines -= own.filtered(
                lambda line, found=found: not found.get(line.product_id)
            )
        return lines

    def action_create_job(self):
        """Make the job that makes what the order sells."""
        return self._make_jobs()

    def _make_jobs(self, wanted=None):
        """:param wanted: ``sale.order.line``; empty: all that have no job"""
        if not self.env.su and not self.env.user.has_group(PLANNER):
            raise AccessError(
                self.env._(
                    "Only planners make jobs. Ask one of them to make the job of "
                    "%(orders)s.",
                    orders=", ".join(self.mapped("name")),
                )
            )
        jobs = self.env["job.work.order"]
        for order in self:
            lines = order._get_lines_to_make()
            if wanted:
                lines &= wanted
            if not lines:
                raise UserError(
                    self.env._(
                        "%(order)s has no line left that is made by a bill of "
                        "materials.",
                        order=order.name,
                    )
                )
            jobs |= lines._create_job()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.job_work_order_action"
        )
        if len(jobs) == 1:
            action.update(res_id=jobs.id, views=[(False, "form")])
        action["domain"] = [("id", "in", jobs.ids)]
        return action

    def action_view_jobs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.job_work_order_action"
        )
        # sudo: that there are jobs may be known to whoever sees the order
        jobs = self.sudo().job_ids
        if len(jobs) == 1:
            action.update(res_id=jobs.id, views=[(False, "form")])
        action.update(domain=[("id", "in", jobs.ids)], context={"create": False})
        return action

    def _get_invoiceable_lines(self, final=False):
        lines = super()._get_invoiceable_lines(final)
        plan = BillingPlan.of(self.env)
        return lines.filtered(plan.includes) if plan else lines

    def _get_invoice_grouping_keys(self):
        keys = super()._get_invoice_grouping_keys()
        if BillingPlan.of(self.env):
            keys += ["invoice_payment_term_id"]
        return keys

    def _prepare_job(self, lines):
        """:return: values of the job that makes these lines"""
        self.ensure_one()
        return {
            "title": self.client_order_ref,
            "partner_id": self.partner_id.id,
            "customer_ref": self.client_order_ref,
            "company_id": self.company_id.id,
            "date_due": max(
                self.commitment_date or self.expected_date or fields.Datetime.now(),
                fields.Datetime.now(),
            ),
            "line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "quantity": line.product_uom_qty,
                        "product_uom_id": line.product_uom_id.id,
                    }
                )
                for line in lines
            ],
        }

    def _check_job_deposit(self, percent, amount):
        """:raise UserError: when a deposit is nothing, or more than is left to pay"""
        self.ensure_one()
        if percent < 0 or amount < 0 or not (percent or amount):
            raise UserError(self.env._("A deposit has to be above 0."))
        asked = amount or self.currency_id.round(self.amount_total * percent / 100)
        left = self.amount_total - self._get_asked_for()
        if self.currency_id.compare_amounts(asked, left) > 0:
            raise UserError(
                self.env._(
                    "A deposit of %(asked)s is more than what is left to pay of "
                    "%(order)s: %(left)s of %(total)s.",
                    asked=self.currency_id.format(asked),
                    order=self.name,
                    left=self.currency_id.format(left),
                    total=self.currency_id.format(self.amount_total),
                )
            )

    def _get_asked_for(self):
        """:return: what invoices ask for, drafts included, credit notes taken off"""
        return sum(
            line.price_total * (1 if line.move_id.move_type == "out_invoice" else -1)
            for line in self.order_line.invoice_lines
            if line.parent_state != "cancel"
        )
