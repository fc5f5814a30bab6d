from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from odoo.addons.job_work_order.tools import as_server, is_server

from .job_work_order import MONEY

# what people write who sell or bill, but do not plan
COMMERCIAL_FIELDS = {
    "pricing_method",
    "price",
    "billing_basis",
    "tolerance_over",
    "tolerance_under",
    "bill_scrap",
    "bill_rework",
    "bill_coproducts",
}
SELLERS = (
    "sales_team.group_sale_salesman",
    "job_work_order_sale.job_work_order_sale_group_billing",
)
PLANNER = "job_work_order.job_work_order_group_planner"


class JobWorkOrderLine(models.Model):
    """A job line and the sales line that sells it."""

    _inherit = "job.work.order.line"

    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Sales Line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=MONEY,
    )
    sale_currency_id = fields.Many2one(
        "res.currency", compute="_compute_sale_currency_id"
    )

    _sale_line_unique = models.UniqueIndex(
        "(sale_line_id) WHERE sale_line_id IS NOT NULL",
        "A sales line has one job line only.",
    )

    @api.depends("sale_line_id.currency_id", "company_id")
    def _compute_sale_currency_id(self):
        # sudo: which currency a job is sold in is no secret
        for line in self.sudo():
            line.sale_currency_id = (
                line.sale_line_id.currency_id or line.company_id.currency_id
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not is_server(self):
            # neither given nor a default of the caller's context
            vals_list = [dict(vals) for vals in vals_list]
            for vals in vals_list:
                vals.pop("sale_line_id", None)
                self._check_seller(vals)
            if "default_sale_line_id" in self.env.context:
                # pylint: disable=context-overridden
                self = self.with_context(clean_context(self.env.context))
        return super().create(vals_list)

    def write(self, vals):
        if not is_server(self):
            self._check_commercial(vals)
        res = super().write(vals)
        if {"pricing_method", "price"} & set(vals):
            self._write_sale_price()
        return res

    def _check_commercial(self, vals):
        """Whoever sells decides about prices only, whoever plans about the rest."""
        if "sale_line_id" in vals:
            raise UserError(
                self.env._(
                    "The sales line of a job is linked on the job: choose its sales "
                    "order, or press Create Quotation."
                )
            )
        self._check_seller(vals)
        if self.env.su or self.env.user.has_group(PLANNER):
            return
        if set(vals) - COMMERCIAL_FIELDS:
            raise AccessError(
                self.env._("Only planners change what a job makes, and when.")
            )

    def _check_seller(self, vals):
        if not COMMERCIAL_FIELDS & set(vals) or self.env.su:
            return
        if not any(map(self.env.user.has_group, SELLERS)):
            raise AccessError(
                self.env._(
                    "Only people who sell or bill decide how a job is priced and "
                    "billed."
                )
            )

    # Linking

    def _match_sale_lines(self, order):
        """Link lines to sales lines of the same product, each to one."""
        taken = self.sale_line_id
        free = order.order_line.filtered(
            lambda sale_line: (
                sale_line.product_id
                and not sale_line.job_line_ids
                and sale_line not in taken
            )
        )
        for line in as_server(self).filtered(lambda line: not line.sale_line_id):
            match = free.filtered(
                lambda sale_line, line=line: sale_line.product_id == line.product_id
            )
            # the same quantity first
            match = match.sorted(
                lambda sale_line, line=line: sale_line.product_uom_qty != line.quantity
            )[:1]
            line.sale_line_id = match
            free -= match
        if self and not self.sale_line_id:
            raise UserError(
                self.env._(
                    "%(order)s has no line for %(products)s that is still without a "
                    "job.",
                    order=order.name,
                    products=", ".join(self.product_id.mapped("display_name")),
                )
            )

    def _create_sale_lines(self, order):
        """Sell these lines with an order."""
        sale_lines = order.order_line.create(
            [line._prepare_sale_line(order) for line in self]
        )
        for line, sale_line in zip(self, sale_lines, strict=True):
            # sudo: whoever sells need not be able to write jobs
            as_server(line).sudo().sale_line_id = sale_line
        self._write_sale_price()

    def _prepare_sale_line(self, order):
        self.ensure_one()
        return {
            "order_id": order.id,
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom_id": self.product_uom_id.id,
        }

    # Adopting

    def _get_procured_runs(self):
        """:return: first-level orders that were procured for the sales line"""
        self.ensure_one()
        runs = self.env["mrp.production"].search(
            [
                ("sale_line_id", "=", self.sale_line_id.id),
                ("job_id", "=", False),
                ("state", "!=", "cancel"),
            ]
        )
        return runs.filtered(lambda run: run.product_id == self.product_id)

    def _check_adoptable(self, runs):
        """Raise when a job has runs of its own for what was procured already."""
        self.ensure_one()
        own = self.production_ids.filtered(lambda run: run.state != "cancel")
        if own:
            raise UserError(
                self.env._(
                    "%(product)s would be made twice: %(own)s of %(job)s and %(runs)s "
                    "for %(order)s. Cancel one of them first.",
                    product=self.product_id.display_name,
                    own=", ".join(own.mapped("name")),
                    job=self.job_id.name,
                    runs=", ".join(runs.mapped("name")),
                    order=self.sale_line_id.order_id.name,
                )
            )

    def _write_down_runs(self, runs):
        """The planned runs of a line are those adopted, and what is still missing."""
        self.ensure_one()
        rows = [
            Command.create(
                {
                    "quantity": run.product_uom_id._compute_quantity(
                        run.product_qty, self.product_uom_id, round=False
                    ),
                    "date_start": run.date_start,
                    "production_id": run.id,
                }
            )
            for run in runs
        ]
        missing = self.quantity - sum(row[2]["quantity"] for row in rows)
        if self.product_uom_id.compare(missing, 0) > 0:
            start = self.date_first or self.job_id.date_start
            rows.append(
                Command.create(
                    {
                        "quantity": missing,
                        "date_start": start or fields.Datetime.now(),
                    }
                )
            )
        self.run_ids = [Command.clear(), *rows]

    def _link_deliveries(self):
        """Goods that a sales line waits for come from the runs of its job."""
        # sudo: whoever plans need not read sales orders or deliveries
        for line in self.sudo().filtered("sale_line_id"):
            waiting = line.sale_line_id.move_ids.filtered(
                lambda move, line=line: (
                    move.procure_method == "make_to_order"
                    and move.state not in ("done", "cancel")
                    and move.product_id == line.product_id
                    and not (move.move_orig_ids - line.production_ids.move_finished_ids)
                )
            )
            runs = line.production_ids.filtered(
                lambda run: not run.job_is_child and run.state != "cancel"
            )
            finished = runs.move_finished_ids.filtered(
                lambda move, line=line: (
                    move.product_id == line.product_id and move.state != "cancel"
                )
            )
            finished.move_dest_ids |= waiting
            if waiting and any(move.state == "done" for move in finished):
                waiting._action_assign()
