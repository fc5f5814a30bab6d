from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import BillingPlan


class JobWorkOrder(models.Model):
    """Deposit, progress and final invoices of jobs."""

    _inherit = "job.work.order"

    # Actions

    def action_invoice(self):
        self._check_biller()
        return self._get_invoice_action()

    def _get_invoice_action(self, runs=None):
        """:return: the dialog that bills these jobs, or some of their runs"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoice"),
            "res_model": "job.invoice",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_job_ids": [fields.Command.set(self.ids)],
                **({"default_run_ids": [fields.Command.set(runs.ids)]} if runs else {}),
            },
        }

    def action_view_invoices(self):
        self.ensure_one()
        return self.sale_order_id.action_view_invoice(invoices=self._get_job_invoices())

    def action_view_prices(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order_sale.job_work_order_line_action_price"
        )
        action["domain"] = [("job_id", "in", self.ids)]
        return action

    def action_view_billing(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order_sale.job_billing_line_action"
        )
        action["domain"] = [("job_id", "in", self.ids)]
        return action

    # Checks

    def _check_invoiceable(self, date):
        """Say at once all that stands in the way of billing these jobs.

        :raise UserError: before anything is made
        """
        # sudo: what is missing is told to whoever may bill
        problems = [
            problem
            for job in self.sudo()
            for problem in job._get_invoice_obstacles(date)
        ] + self.sudo()._get_period_obstacles(date)
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))

    def _get_invoice_obstacles(self, date):
        """Hook: what stands in the way of an invoice.

        :return: list of sentences
        """
        self.ensure_one()
        order = self.sale_order_id
        values = {"job": self.name, "order": order.name}
        if not self.is_billable:
            return [
                self.env._(
                    "%(job)s is of type %(type)s, which is not billed.",
                    type=self.type_id.name,
                    **values,
                )
            ]
        if not order:
            return [
                self.env._(
                    "%(job)s has no price: nothing sells it. Press Create Quotation on "
                    "the job, or choose its sales order.",
                    **values,
                )
            ]
        if order.state != "sale":
            return [
                self.env._(
                    "%(order)s, which sells %(job)s, is not confirmed.", **values
                )
            ]
        problems = []
        try:
            self.line_ids.filtered("sale_line_id")._check_price()
        except UserError as error:
            problems.append(str(error))
        return problems + self._get_customer_obstacles(date, values)

    def _get_customer_obstacles(self, date, values):
        """:return: list of sentences about tax ID and rate"""
        order = self.sale_order_id
        customer = order.partner_invoice_id.commercial_partner_id
        values = values | {"customer": customer.display_name, "date": date}
        problems = []
        asks = order.fiscal_position_id.vat_required or (
            self.company_id.job_vat_required and customer.is_company
        )
        if asks and not customer.vat:
            problems.append(
                self.env._(
                    "%(customer)s has no tax ID, which an invoice for %(job)s needs. "
                    "Enter it on the customer.",
                    **values,
                )
            )
        if not self.company_id._has_rate(order.currency_id, date):
            problems.append(
                self.env._(
                    "There is no rate of %(currency)s for %(date)s. Enter one under "
                    "Accounting / Configuration / Currencies before %(job)s is billed.",
                    currency=order.currency_id.name,
                    **values,
                )
            )
        return problems

    def _get_period_obstacles(self, date):
        """:return: list of sentences, one for each company whose period is locked"""
        problems = []
        for company, jobs in self.grouped("company_id").items():
            journals = jobs.sale_order_id.journal_id or self.env[
                "account.journal"
            ].search([("type", "=", "sale"), ("company_id", "=", company.id)], limit=1)
            for journal in journals:
                locked = company._get_user_fiscal_lock_date(journal)
                if date > locked:
                    continue
                problems.append(
                    self.env._(
                        "%(date)s is in a period that is locked until %(locked)s. Give "
                        "the invoice of %(jobs)s a later date.",
                        date=date,
                        locked=locked,
                        jobs=", ".join(jobs[:5].mapped("name")),
                    )
                )
        return problems

    # Billing

    def _create_job_invoices(self, plan, date, grouped=False):
        """Bill quantities of job lines.

        :param plan: ``BillingPlan``
        :param bool grouped: one invoice per order, rather than per customer
        :return: ``account.move``, drafts
        """
        self._check_biller()
        # who bills at the same moment is told so before anything is made
        self._lock_billing()
        self._check_invoiceable(date)
        # sudo: whoever bills jobs need not be able to write sales orders
        orders = plan.bind(self.sudo().sale_order_id)
        if not plan.runs:
            plan.quantities |= self.sudo().line_ids._write_outputs()
        invoices = orders._create_invoices(grouped=grouped, final=plan.final)
        invoices.invoice_date = date
        return invoices.sudo(self.env.su).with_env(self.env)

    def _create_deposit(self, date, percent=0.0, amount=0.0):
        """Ask for money in advance, by Odoo's own down payments.

        :return: ``account.move``, drafts
        """
        self._check_biller()
        self._lock_billing()
        self._check_invoiceable(date)
        invoices = self.env["account.move"].sudo()
        # sudo: whoever bills jobs need not be able to write sales orders
        for order in self.sudo().sale_order_id:
            order._check_job_deposit(percent, amount)
            wizard = self.env["sale.advance.payment.inv"].sudo()
            wizard = wizard.create(
                {
                    "sale_order_ids": [fields.Command.set(order.ids)],
                    "advance_payment_method": "percentage" if percent else "fixed",
                    "amount": percent,
                    "fixed_amount": amount,
                }
            )
            invoices |= wizard._create_invoices(order)
        invoices.invoice_date = date
        return invoices.with_env(self.env)

    def _get_billing_plan(self, final=False, runs=None, accept_short=False):
        """:return: ``BillingPlan`` of all that may be billed of these jobs"""
        quantities = {}
        # sudo: what may be billed does not depend on who asks
        for line in self.sudo().line_ids.filtered("sale_line_id"):
            if final and not accept_short:
                line._check_not_short()
            quantity = line.qty_billable
            if runs:
                quantity = min(
                    quantity, sum(part for _run, part in line._get_open_parts(runs))
                )
            if line.sale_line_id.product_uom_id.compare(quantity, 0) > 0:
                quantities[line.sale_line_id.id] = quantity
        return BillingPlan(quantities, runs, final)

    def _filter_in_plan(self, plan):
        """:return: jobs of which something is billed, or a deposit is taken off"""
        wanted = self.filtered(
            lambda job: any(
                # sudo: what may be billed does not depend on who asks
                line.id in plan.quantities
                or (plan.final and line.is_downpayment)
                or line.job_line_ids.bill_coproducts
                for line in job.sudo().sale_order_id.order_line
            )
        )
        if not wanted:
            raise UserError(
                self.env._(
                    "Nothing of these jobs is left to bill: %(jobs)s. What was made "
                    "or delivered is billed already.",
                    jobs=", ".join(self[:20].mapped("name")),
                )
            )
        return wanted
