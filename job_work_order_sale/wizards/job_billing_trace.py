from odoo import api, fields, models

VIEWER = "mrp_run_cost.mrp_run_cost_group_viewer"
SUPERVISOR = "mrp_operator.mrp_operator_group_supervisor"


class JobBillingTrace(models.TransientModel):
    """From invoice lines to what is behind them, for who works on invoices.

    Only what is published here is shown: neither manufacturing rights are needed nor
    given. Cost is for those who see cost, names of operators for their supervisors.
    """

    _name = "job.billing.trace"
    _description = "What Was Billed"

    move_line_ids = fields.Many2many("account.move.line", readonly=True)
    content = fields.Html(compute="_compute_content", sanitize=False)

    @api.depends("move_line_ids")
    @api.depends_context("uid")
    def _compute_content(self):
        for trace in self:
            # who may not read the invoice is refused here
            trace.move_line_ids.check_access("read")
            trace.content = self.env["ir.qweb"]._render(
                "job_work_order_sale.job_billing_trace_content",
                {"rows": trace._get_rows()},
            )

    def _get_rows(self):
        """:return: list of dict, what is published of each run that was billed"""
        may = self.env.user.has_group
        shown = {"cost": may(VIEWER), "names": may(SUPERVISOR)}
        # sudo: only the dicts made of it leave this method
        rows = self.sudo().move_line_ids.job_billing_ids
        sums = {}
        for row in rows.sorted("id"):
            key = (row.job_line_id, row.production_id, row.sale_line_id)
            sums[key] = sums.get(key, 0.0) + row.quantity
        return [
            self._publish(line, run, sale_line, quantity, shown)
            for (line, run, sale_line), quantity in sums.items()
            if quantity
        ]

    def _publish(self, line, run, sale_line, quantity, shown):
        """:return: dict of values that whoever sees the invoice may see"""
        job = line.job_id
        values = {
            "job": job.name,
            "customer_ref": job.customer_ref,
            "product": sale_line.product_id.display_name,
            "quantity": f"{quantity:.12g} {sale_line.product_uom_id.name}",
            "run": run.name,
            "lots": ", ".join(run._get_job_lots().mapped("name")),
            "minutes": self._publish_minutes(run, shown["names"]),
            "cost": [],
        }
        if shown["cost"]:
            currency = run.company_id.currency_id
            elements = run.run_cost_line_ids.grouped("element_id")
            values["cost"] = [
                (element.name, currency.format(sum(lines.mapped("amount"))))
                for element, lines in elements.items()
            ]
        return values

    def _publish_minutes(self, run, with_names):
        """:return: list of ``(operation, who, minutes)``"""
        worked = {}
        for log in run.workorder_ids.time_ids:
            if not log.active or not log.date_end:
                continue
            who = log.operator_id.name if with_names else None
            minutes = log.seconds / 60 if log.operator_id else log.duration
            key = (log.workorder_id.name, who or "")
            worked[key] = worked.get(key, 0.0) + minutes
        return [(*key, f"{minutes:.0f}") for key, minutes in worked.items()]

    def action_open_jobs(self):
        self.ensure_one()
        # sudo: which jobs they are; who may not see them is refused there
        jobs = self.sudo().move_line_ids.job_billing_ids.job_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.job_work_order_action"
        )
        action.update(domain=[("id", "in", jobs.ids)], context={"create": False})
        if len(jobs) == 1:
            action.update(res_id=jobs.id, views=[(False, "form")])
        return action
