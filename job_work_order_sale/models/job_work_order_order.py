from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.job_work_order.tools import as_server, as_user


class JobWorkOrder(models.Model):
    """The sales order of a job, and what was procured for it already."""

    _inherit = "job.work.order"

    # Actions

    def action_create_quotation(self):
        """Make the sales order that sells the job."""
        orders = self.env["sale.order"]
        for job in self:
            job._check_quotable()
            order = orders.create(job._prepare_quotation())
            # sudo: whoever sells need not be able to write jobs
            as_server(job).sudo().sale_order_id = order
            job.line_ids._create_sale_lines(order)
            orders |= order
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale.action_quotations_with_onboarding"
        )
        if len(orders) == 1:
            action.update(res_id=orders.id, views=[(False, "form")])
        else:
            action["domain"] = [("id", "in", orders.ids)]
        return action

    def action_view_sale_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.sale_order_id.id,
            "view_mode": "form",
        }

    def action_plan(self):
        res = super().action_plan()
        self.line_ids._link_deliveries()
        return res

    # Business

    def _check_quotable(self):
        self.ensure_one()
        if self.sale_order_id:
            problem = self.env._(
                "%(job)s is sold by %(order)s already.",
                job=self.name,
                order=self.sale_order_id.name,
            )
        elif not self.is_billable:
            problem = self.env._(
                "%(job)s is of type %(type)s, which is not billed. Choose another "
                "type.",
                job=self.name,
                type=self.type_id.name,
            )
        elif not self.partner_id:
            problem = self.env._(
                "Who pays for %(job)s? Fill in its customer first.", job=self.name
            )
        elif not self.line_ids:
            problem = self.env._("%(job)s has no line to sell.", job=self.name)
        else:
            return
        raise UserError(problem)

    def _prepare_quotation(self):
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "client_order_ref": self.customer_ref,
            "commitment_date": self.date_due,
            "origin": self.name,
        }

    def _link_order(self):
        """Match the lines of a job and of its order, and adopt what was procured."""
        # sudo: whoever plans need not read sales orders; only the link is kept
        for job in self.sudo():
            order = job.sale_order_id
            own = job.partner_id.commercial_partner_id
            if own and own != order.partner_id.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "%(order)s is an order of %(customer)s, %(job)s is for "
                        "%(own)s.",
                        order=order.name,
                        customer=order.partner_id.display_name,
                        job=job.name,
                        own=job.partner_id.display_name,
                    )
                )
            as_server(job).write(
                {
                    "partner_id": job.partner_id.id or order.partner_id.id,
                    "customer_ref": job.customer_ref or order.client_order_ref,
                }
            )
            job.line_ids._match_sale_lines(order)
            job._adopt_runs()

    def _adopt_runs(self):
        """Take in the runs that were procured for the job's sales lines."""
        # sudo: what was procured is adopted, whoever makes the job
        for line in as_server(self).sudo().line_ids.filtered("sale_line_id"):
            runs = line._get_procured_runs()
            if not runs:
                continue
            line._check_adoptable(runs)
            runs.write({"job_id": line.job_id.id, "job_line_id": line.id})
            children = runs._get_procured_children()
            children.write(
                {
                    "job_id": line.job_id.id,
                    "job_line_id": line.id,
                    "job_is_child": True,
                }
            )
            line._write_down_runs(runs)
            as_user(line.job_id).message_post(
                body=self.env._(
                    "Adopted from %(order)s: %(runs)s",
                    order=line.sale_line_id.order_id.name,
                    runs=", ".join((runs + children).mapped("name")),
                )
            )

    def _describe_for_customer(self):
        """:return: number of the job and the customer's own, in one line"""
        self.ensure_one()
        text = self.env._("Job %(job)s", job=self.name)
        if self.customer_ref:
            text += self.env._(", your order %(order)s", order=self.customer_ref)
        return text

    def _get_date_rate(self):
        return fields.Date.context_today(self)
