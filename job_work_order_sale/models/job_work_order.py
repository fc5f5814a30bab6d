from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.job_work_order.tools import as_server, is_server

MONEY = (
    "sales_team.group_sale_salesman,"
    "account.group_account_invoice,"
    "account.group_account_readonly"
)
BILLER = "job_work_order_sale.job_work_order_sale_group_billing"


class JobWorkOrder(models.Model):
    """A job is sold by a sales order."""

    _inherit = "job.work.order"

    sale_order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('partner_id', 'child_of', partner_id), ('state', '!=', 'cancel')]",
        groups=MONEY,
        help="The order that sells the job: its prices, taxes, terms and invoices. "
        "Orders from the floor that were procured for it become runs of the job.",
    )
    is_billable = fields.Boolean(related="type_id.is_billable", string="Customer Pays")
    billing_ids = fields.One2many(
        "job.billing.line",
        "job_id",
        string="Billed Quantities",
        readonly=True,
        groups=MONEY,
    )
    billing_round = fields.Integer(
        readonly=True,
        copy=False,
        help="Changes whenever something is billed: who began to bill earlier and read "
        "what was true then has to begin again.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        jobs = super().create(vals_list)
        # sudo: planners need not read sales orders
        linked = jobs.filtered(lambda job: job.sudo().sale_order_id)
        if not is_server(self):
            linked._link_order()
        return jobs

    def write(self, vals):
        if "sale_order_id" in vals and not is_server(self):
            self._check_order_kept(vals["sale_order_id"])
            # sudo: whoever plans need not read sales orders
            others = self.sudo().filtered(
                lambda job: job.sale_order_id.id != vals["sale_order_id"]
            )
            as_server(others.line_ids).sale_line_id = False
        res = super().write(vals)
        if vals.get("sale_order_id") and not is_server(self):
            self._link_order()
        return res

    def _check_order_kept(self, order_id):
        """Raise when a job that was billed would be sold by another order."""
        # sudo: what was billed counts, whoever may see it
        for job in self.sudo():
            if job.sale_order_id.id not in (False, order_id) and job.billing_ids:
                raise UserError(
                    self.env._(
                        "%(job)s was billed by %(order)s and stays with it. Make "
                        "another job for the other order.",
                        job=job.name,
                        order=job.sale_order_id.name,
                    )
                )

    def _check_biller(self):
        if not self.env.su and not self.env.user.has_group(BILLER):
            raise AccessError(
                self.env._(
                    "Only people with the role Job Billing invoice jobs. Ask an "
                    "administrator for it."
                )
            )

    def _lock_billing(self):
        """One person at a time bills a job, and nobody by what he read earlier.

        :raise UserError: when somebody else is at it
        """
        # sudo: whoever bills need not be able to write jobs
        jobs = self.sudo()
        if not jobs:
            return
        jobs._lock_rows()
        # a transaction that began before this one ends cannot write here any more
        self.env.cr.execute(
            SQL(
                "UPDATE job_work_order SET billing_round = "
                "COALESCE(billing_round, 0) + 1 WHERE id IN %s",
                tuple(jobs.ids),
            )
        )
        jobs.invalidate_recordset(["billing_round"], flush=False)
