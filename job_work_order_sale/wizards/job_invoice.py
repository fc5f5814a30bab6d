from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import BillingPlan


class JobInvoice(models.TransientModel):
    """Bill one job, one run or many jobs."""

    _name = "job.invoice"
    _description = "Invoice Jobs"

    job_ids = fields.Many2many("job.work.order", string="Jobs", required=True)
    # only who sees runs bills some of them
    run_ids = fields.Many2many(
        "mrp.production",
        string="Runs",
        groups="mrp.group_mrp_user,mrp_run_cost.mrp_run_cost_group_viewer",
    )
    kind = fields.Selection(
        [
            ("progress", "Progress: what was made or delivered since the last"),
            ("final", "Final: what is left, deposits taken off"),
            ("percent", "Deposit (percentage)"),
            ("amount", "Deposit (amount)"),
        ],
        required=True,
        default="progress",
    )
    percent = fields.Float(string="Deposit (%)", default=30.0)
    amount = fields.Monetary(string="Deposit", help="With taxes.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    date = fields.Date(
        string="Invoice Date", required=True, default=fields.Date.context_today
    )
    consolidate = fields.Boolean(
        string="One Invoice per Customer",
        help="Jobs of one customer with the same address, currency, fiscal position "
        "and payment terms go on one invoice. Off: one invoice for each sales order.",
    )
    accept_short = fields.Boolean(
        string="Bill Short Deliveries",
        help="The final invoice bills what is there, though less than was ordered.",
    )
    is_many = fields.Boolean(compute="_compute_is_many")
    line_ids = fields.One2many(
        "job.invoice.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("job_ids")
    def _compute_currency_id(self):
        for wizard in self:
            # sudo: in which currency a job is sold is no secret
            orders = wizard.job_ids.sudo().sale_order_id
            wizard.currency_id = orders.currency_id[:1] or self.env.company.currency_id

    @api.depends("job_ids")
    def _compute_is_many(self):
        for wizard in self:
            wizard.is_many = len(wizard.job_ids) > 1

    @api.depends("job_ids", "run_ids")
    def _compute_line_ids(self):
        for wizard in self:
            lines = [fields.Command.clear()]
            # a list of jobs is billed as it is, a single one can be corrected
            if len(wizard.job_ids) == 1:
                plan = wizard.job_ids._origin._get_billing_plan(
                    runs=wizard._get_runs()._origin
                )
                lines += [
                    fields.Command.create(
                        {"sale_line_id": sale_line_id, "quantity": quantity}
                    )
                    for sale_line_id, quantity in plan.quantities.items()
                ]
            wizard.line_ids = lines

    def action_invoice(self):
        """Make the invoices, all of them or none."""
        self.ensure_one()
        invoices = self._create_invoices()
        # sudo: which order is billed; it is opened with the user's own rights
        return (
            self.job_ids.sudo()
            .sale_order_id.with_env(self.env)
            .action_view_invoice(invoices=invoices)
        )

    def _create_invoices(self):
        jobs = self.job_ids
        if self.kind == "percent":
            return jobs._create_deposit(self.date, percent=self._check_percent())
        if self.kind == "amount":
            return jobs._create_deposit(self.date, amount=self._check_amount())
        jobs._check_biller()
        jobs._check_invoiceable(self.date)
        final = self.kind == "final"
        runs = self._get_runs()
        plan = jobs._get_billing_plan(final, runs, self.accept_short)
        if self.line_ids:
            plan = BillingPlan(self._get_quantities(), runs, final)
        jobs = jobs._filter_in_plan(plan)
        return jobs._create_job_invoices(plan, self.date, not self.consolidate)

    def _get_runs(self):
        # sudo: who sees no runs could not choose any
        return self.sudo().run_ids

    def _check_percent(self):
        if not 0 < self.percent <= 100:
            raise UserError(
                self.env._("A deposit is above 0 and at most 100 % of the order.")
            )
        return self.percent

    def _check_amount(self):
        if len(self.job_ids) > 1:
            raise UserError(
                self.env._(
                    "An amount is asked for one job at a time. Choose a percentage "
                    "for several."
                )
            )
        if self.amount <= 0:
            raise UserError(self.env._("A deposit has to be above 0."))
        return self.amount

    def _get_quantities(self):
        """:return: dict from id of the sales line to the quantity somebody entered"""
        for line in self.line_ids:
            if line.product_uom_id.compare(line.quantity, 0) <= 0:
                raise UserError(
                    self.env._(
                        "%(product)s: a quantity above 0 is billed. Delete the line "
                        "to leave it out.",
                        product=line.product_id.display_name,
                    )
                )
        return {line.sale_line_id.id: line.quantity for line in self.line_ids}


class JobInvoiceLine(models.TransientModel):
    _name = "job.invoice.line"
    _description = "Quantity to Invoice"

    wizard_id = fields.Many2one("job.invoice", required=True, ondelete="cascade")
    # who bills jobs may read what sells them
    sale_line_id = fields.Many2one("sale.order.line", required=True)
    product_id = fields.Many2one(related="sale_line_id.product_id")
    product_uom_id = fields.Many2one(related="sale_line_id.product_uom_id")
    ordered = fields.Float(
        related="sale_line_id.product_uom_qty", string="Ordered", digits="Product Unit"
    )
    billed = fields.Float(
        related="sale_line_id.qty_invoiced", string="Billed", digits="Product Unit"
    )
    quantity = fields.Float(string="To Bill", digits="Product Unit", required=True)
