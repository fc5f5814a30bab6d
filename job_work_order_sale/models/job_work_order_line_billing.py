from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .job_work_order import MONEY

# methods whose price is known only when something was made
MADE_METHODS = ("unit", "cost", "time")
ACTUAL_METHODS = ("cost", "time")


class JobWorkOrderLine(models.Model):
    """How much of a line may be billed, and how much was.

    Quantities are in the unit of the sales line.
    """

    _inherit = "job.work.order.line"

    billing_basis = fields.Selection(
        [
            ("ordered", "What Was Ordered"),
            ("made", "What Was Made"),
            ("delivered", "What Was Delivered"),
        ],
        string="Billed Is",
        compute="_compute_billing_basis",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    tolerance_over = fields.Float(
        string="Over (%)",
        compute="_compute_tolerances",
        store=True,
        readonly=False,
        precompute=True,
        help="More than ordered that the customer pays for.",
    )
    tolerance_under = fields.Float(
        string="Under (%)",
        compute="_compute_tolerances",
        store=True,
        readonly=False,
        precompute=True,
        help="Less than ordered that still counts as the whole order.",
    )
    bill_coproducts = fields.Boolean(
        string="Bill Co-Products",
        help="Co-products of the runs are billed, too, at the price list.",
    )
    billing_ids = fields.One2many(
        "job.billing.line", "job_line_id", string="Billed Rows", groups=MONEY
    )
    qty_ordered = fields.Float(
        string="Ordered",
        digits="Product Unit",
        compute="_compute_billing_quantities",
        groups=MONEY,
    )
    qty_billed = fields.Float(
        string="Billed",
        digits="Product Unit",
        compute="_compute_billing_quantities",
        groups=MONEY,
        help="By invoices that are not cancelled, less credit notes.",
    )
    qty_billable = fields.Float(
        string="To Bill",
        digits="Product Unit",
        compute="_compute_billing_quantities",
        groups=MONEY,
        help="What may be billed and was not. Negative: more was billed than was made "
        "or delivered since; add a credit note.",
    )

    _tolerances = models.Constraint(
        "CHECK (COALESCE(tolerance_over, 0) >= 0 AND "
        "COALESCE(tolerance_under, 0) BETWEEN 0 AND 100)",
        "Tolerances are percentages: 0 or more, and at most 100 for under-delivery.",
    )

    # Compute

    @api.depends("product_id", "pricing_method")
    def _compute_billing_basis(self):
        for line in self:
            if line.pricing_method in MADE_METHODS:
                line.billing_basis = "made"
            elif line.product_id.invoice_policy == "delivery":
                line.billing_basis = "delivered"
            else:
                line.billing_basis = line.billing_basis or "made"

    @api.depends("company_id")
    def _compute_tolerances(self):
        for line in self:
            line.tolerance_over = line.company_id.job_tolerance_over
            line.tolerance_under = line.company_id.job_tolerance_under

    @api.depends(
        "qty_made",
        "billing_basis",
        "sale_line_id.product_uom_qty",
        "sale_line_id.qty_delivered",
        "sale_line_id.qty_invoiced",
    )
    def _compute_billing_quantities(self):
        # sudo: what is billed is a sum, whoever may see the invoices
        lines = self.sudo()
        billed = lines.sale_line_id._get_job_billed()
        for line in lines:
            line.qty_ordered = line.sale_line_id.product_uom_qty
            line.qty_billed = billed.get(line.sale_line_id.id, 0.0)
            line.qty_billable = (
                line._get_billing_limit() - line.qty_billed
                if line.sale_line_id and line.job_id.is_billable
                else 0.0
            )

    @api.constrains("billing_basis", "pricing_method")
    def _check_basis(self):
        for line in self:
            if line.pricing_method in MADE_METHODS and line.billing_basis == "ordered":
                raise ValidationError(
                    self.env._(
                        "The price of %(line)s depends on what was made. Bill what was "
                        "made or delivered.",
                        line=line.display_name,
                    )
                )

    # Business

    def _get_made_in_sale_unit(self, quantity=None):
        """:return: a quantity of the line, by default what was made, as it is sold"""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            self.qty_made if quantity is None else quantity,
            self.sale_line_id.product_uom_id,
            round=False,
        )

    def _get_basis_quantity(self):
        self.ensure_one()
        sale_line = self.sale_line_id
        if self.billing_basis == "delivered":
            return sale_line.qty_delivered
        if self.billing_basis == "made":
            return self._get_made_in_sale_unit()
        return sale_line.product_uom_qty if self.job_id._is_released() else 0.0

    def _get_billing_limit(self):
        """:return: most that may be billed of the line, all invoices together"""
        self.ensure_one()
        ordered = self.sale_line_id.product_uom_qty
        basis = self._get_basis_quantity()
        if self.pricing_method == "fixed":
            # a price for the whole is due when the whole is there, within tolerance
            return ordered if not self._is_short() else min(basis, ordered)
        return min(basis, ordered * (1 + self.tolerance_over / 100))

    def _is_short(self):
        """:return: whether less is there than counts as the whole order"""
        self.ensure_one()
        least = self.sale_line_id.product_uom_qty * (1 - self.tolerance_under / 100)
        unit = self.sale_line_id.product_uom_id
        return unit.compare(self._get_basis_quantity(), least) < 0

    def _get_open_parts(self, runs=None):
        """What of each run was not billed, oldest first.

        :param runs: look at these only
        :return: list of ``(run, quantity)``
        """
        self.ensure_one()
        rows = self.billing_ids.filtered(
            lambda row: row._is_effective() and row.sale_line_id == self.sale_line_id
        )
        billed = rows.grouped("production_id")
        parts = []
        for run in self.production_ids.sorted("id"):
            if run.job_is_child or run.state == "cancel" or (runs and run not in runs):
                continue
            made = self._get_made_in_sale_unit(run._get_job_made(self))
            done = sum(billed.get(run, rows.browse()).mapped("quantity"))
            if self.sale_line_id.product_uom_id.compare(made - done, 0) > 0:
                parts.append((run, made - done))
        return parts

    def _share_among_runs(self, quantity, runs=None):
        """Say which runs a billed quantity comes from.

        :return: list of ``(run, quantity)``; no run for what none has made
        """
        self.ensure_one()
        shares, left = [], quantity
        unit = self.sale_line_id.product_uom_id
        for run, part in self._get_open_parts(runs):
            if unit.compare(left, 0) <= 0:
                break
            taken = min(part, left)
            shares.append((run, taken))
            left -= taken
        if unit.compare(left, 0) > 0 or not shares:
            shares.append((self.env["mrp.production"], left))
        return shares

    def _take_back_from_runs(self, quantity, rows):
        """Say which runs a credited quantity goes back to, the last billed first.

        :param rows: ``job.billing.line`` of the invoice that is credited
        :return: list of ``(run, quantity)``, negative
        """
        self.ensure_one()
        shares, left = [], quantity
        for run, own in reversed(rows.sorted("id").grouped("production_id").items()):
            taken = min(sum(own.mapped("quantity")), left)
            if taken > 0:
                shares.append((run, -taken))
                left -= taken
        if self.sale_line_id.product_uom_id.compare(left, 0) > 0:
            shares.append((self.env["mrp.production"], -left))
        return shares

    def _check_billed(self):
        """:raise UserError: when more was billed than may be"""
        # sudo: the limit holds whoever bills
        lines = self.sudo()
        lines.invalidate_recordset(["qty_billed", "qty_billable", "qty_ordered"])
        for line in lines:
            unit = line.sale_line_id.product_uom_id
            if unit.compare(line.qty_billable, 0) < 0:
                raise UserError(line._explain_limit())

    def _explain_limit(self):
        self.ensure_one()
        limit = self._get_billing_limit()
        before = limit - self.qty_billed
        basis = dict(self._fields["billing_basis"]._description_selection(self.env))
        return self.env._(
            "%(line)s: %(billed)s %(unit)s would be billed in all, which is %(more)s "
            "more than may be. %(ordered)s were ordered; billed is %(basis)s: "
            "%(quantity)s. Bill what is left, or add a credit note to an earlier "
            "invoice first.",
            line=self.display_name,
            billed=f"{self.qty_billed:.12g}",
            unit=self.sale_line_id.product_uom_id.name,
            more=f"{-before:.12g}",
            ordered=f"{self.qty_ordered:.12g}",
            basis=basis[self.billing_basis].lower(),
            quantity=f"{self._get_basis_quantity():.12g}",
        )

    def _check_not_short(self):
        """:raise UserError: when less is there than counts as the whole order"""
        self.ensure_one()
        if self._is_short():
            raise UserError(
                self.env._(
                    "%(line)s: %(quantity)s of %(ordered)s are there, which is less "
                    "than the under-delivery of %(tolerance)s %% allows. Bill the "
                    "progress, wait for the rest, or tick Bill Short Deliveries.",
                    line=self.display_name,
                    quantity=f"{self._get_basis_quantity():.12g}",
                    ordered=f"{self.sale_line_id.product_uom_qty:.12g}",
                    tolerance=f"{self.tolerance_under:.12g}",
                )
            )
