from odoo import api, models
from odoo.exceptions import AccessError

PLANNER = "job_work_order.job_work_order_group_planner"


class JobFirstDay(models.AbstractModel):
    """The guided first day: computed from what is there, hidden per company."""

    _name = "job.first.day"
    _description = "First Day"

    @api.model
    def get_steps(self):
        """:return: dict of the steps; none where nobody has to be guided"""
        company = self.env.company
        steps = []
        if self.env.user.has_group(PLANNER) and not company.job_first_day_hidden:
            steps = [step for step in self._prepare_steps() if step]
        return {
            "steps": steps,
            "done": sum(step["done"] for step in steps),
            "may_dismiss": bool(steps),
        }

    @api.model
    def dismiss(self):
        """Hide the checklist for everybody in the company."""
        if not self.env.user.has_group(PLANNER):
            raise AccessError(
                self.env._("Only planners hide the checklist of the first day.")
            )
        # sudo: planners need not be able to write companies
        self.env.company.sudo().job_first_day_hidden = True

    @api.model
    def _prepare_steps(self):
        company = self.env.company
        own = ("company_id", "=", company.id)
        shared = ("company_id", "in", (False, company.id))
        made = ("job_id", "!=", False)
        return [
            self._prepare_step(
                "preset",
                self.env._("Choose your kind of factory"),
                self.env._(
                    "Settings, block Jobs: Simple Shop, Food & Chemical or Parts. It "
                    "switches on together what such a factory needs."
                ),
                bool(company.job_preset),
                "mrp.action_mrp_configuration",
                "res.config.settings",
            ),
            not self._is_there("stock.warehouse", [own])
            and self._prepare_step(
                "warehouse",
                self.env._("Add a warehouse"),
                self.env._("Odoo gives one to the first company only."),
                False,
                "stock.action_warehouse_form",
                "stock.warehouse",
            ),
            self._prepare_step(
                "workcenter",
                self.env._("Set up a work center"),
                self.env._("Where it is made, and what an hour there costs."),
                self._is_there("mrp.workcenter", [shared, ("costs_hour", ">", 0)]),
                "mrp.mrp_workcenter_action",
                "mrp.workcenter",
            ),
            company.mrp_operator_tracking
            and self._prepare_step(
                "operator",
                self.env._("Add an operator"),
                self.env._("An employee who works on the floor, with a PIN."),
                self._is_there("hr.employee", [own, ("is_operator", "=", True)]),
                "hr.open_view_employee_list_my",
                "hr.employee",
            ),
            self._prepare_step(
                "bom",
                self.env._("Enter a bill of materials"),
                self.env._("What a product is made of, and its operations."),
                self._is_there("mrp.bom", [shared, ("type", "=", "normal")]),
                "mrp.mrp_bom_form_action",
                "mrp.bom",
            ),
            self._prepare_step(
                "job",
                self.env._("Make a job"),
                self.env._("What is to be made, how many, until when; then Submit."),
                self._is_there("job.work.order", [own, ("phase", "!=", "draft")]),
                "job_work_order.job_work_order_action",
                "job.work.order",
            ),
            self._prepare_step(
                "run",
                self.env._("Plan its first run"),
                self.env._("Press Plan on the job, and print the traveller."),
                self._is_there("mrp.production", [own, made, ("state", "!=", "draft")]),
                "job_work_order.job_work_order_action",
                "job.work.order",
            ),
            self._prepare_step(
                "done",
                self.env._("Complete a run"),
                self.env._(
                    "On the phone, on the manufacturing order, or all at once with "
                    "Make It All on the job."
                ),
                self._is_there("mrp.production", [own, made, ("state", "=", "done")]),
                "job_work_order.mrp_production_action_job",
                "mrp.production",
            ),
        ]

    @api.model
    def _is_there(self, model, domain):
        # sudo: that there is one may be known to a planner who cannot read it
        return bool(self.env[model].sudo().search_count(domain, limit=1))

    @api.model
    def _prepare_step(self, key, title, text, done, action, model):
        """:return: dict; without action for those who may not make what is asked"""
        allowed = self.env[model].has_access("create")
        return {
            "key": key,
            "title": title,
            "text": text
            if allowed
            else self.env._("%(text)s Ask an administrator.", text=text),
            "done": done,
            "action": action if allowed else False,
        }
