from lxml import etree

from odoo.exceptions import AccessError

from .common import JobCommon

# what the README promises: role, reads jobs, plans, approves if asked, drags, sees cost
# and the dashboard
TABLE = (
    ("operator", "mrp_operator.mrp_operator_group_operator", "read approve"),
    (
        "supervisor",
        "mrp_operator.mrp_operator_group_supervisor",
        "read approve drag dashboard",
    ),
    ("reader", "job_work_order.job_work_order_group_reader", "read approve"),
    ("user", "mrp.group_mrp_user", "read approve dashboard"),
    (
        "planner",
        "job_work_order.job_work_order_group_planner",
        "read approve plan drag dashboard",
    ),
    (
        "manager",
        "job_work_order.job_work_order_group_manager",
        "read approve plan drag configure dashboard",
    ),
    (
        "viewer",
        "mrp_run_cost.mrp_run_cost_group_viewer",
        "read approve cost dashboard",
    ),
    ("accountant", "account.group_account_manager", ""),
    (
        "costed",
        "account.group_account_manager,mrp_run_cost.mrp_run_cost_group_responsible",
        "read approve cost dashboard",
    ),
    ("warehouse", "stock.group_stock_user", ""),
)

RIGHTS = ("read", "approve", "plan", "drag", "configure", "cost", "dashboard")


class TestAccess(JobCommon):
    """The table of roles, row by row, as each user."""

    def test_table(self):
        job = self._make_planned()
        for role, groups, rights in TABLE:
            user = self._make_user(f"table-{role}", groups)
            for right in RIGHTS:
                with self.subTest(role=role, right=right):
                    call = getattr(self, f"_try_{right}")
                    if right in rights.split():
                        call(job.with_user(user))
                    else:
                        with self.assertRaises(AccessError):
                            call(job.with_user(user))

    def _try_read(self, job):
        job.env.invalidate_all()
        job.web_read(
            {
                "name": {},
                "progress": {},
                "material_state": {},
                "date_expected": {},
                "is_late": {},
                "approval_ids": {"fields": {"state": {}}},
                "change_ids": {"fields": {"description": {}}},
            }
        )
        job.search_count([])

    def _try_approve(self, job):
        rule = self._make_rule(approver_ids=job.env.user.ids)
        asked = self._make_job()
        asked.action_submit()
        # it is asked of the next one, too, who must not be bothered by it
        rule.active = False
        self.company.job_approval = False
        asked.with_user(job.env.user).action_approve()
        self.assertEqual(asked.state, "approved")

    def _try_plan(self, job):
        new = job.create({"line_ids": [self._prepare_line()]})
        new.action_submit()
        new.action_plan()
        new.action_cancel()

    def _try_drag(self, job):
        workorders = self.env["mrp.workorder"].with_user(job.env.user)
        workorders.browse(job.sudo().production_ids.workorder_ids.ids).web_resequence(
            {}, "dispatch_sequence", 5
        )

    def _try_configure(self, job):
        job.env["job.work.order.type"].create({"name": "Trial"})
        job.env["job.approval.rule"].create(
            {"name": "Rule", "approver_ids": self.boss.ids}
        ).active = False

    def _try_cost(self, job):
        job.env.invalidate_all()
        job.read(["cost_planned", "cost_actual", "wip_value", "estimated_value"])
        job.env["job.cost.report"].search_read([("job_id", "=", job.id)], ["amount"])

    def _try_dashboard(self, job):
        figures = job.env["job.dashboard"].get_figures()
        self.assertTrue(figures["tiles"])

    def test_form_for_everybody(self):
        """Every role that reads jobs can open the form with what it shows to it."""
        job = self._make_planned()
        for role, groups, rights in TABLE:
            if "read" not in rights.split():
                continue
            user = self._make_user(f"form-{role}", groups)
            self.env.invalidate_all()
            with self.subTest(role=role):
                self._read_form(job.with_user(user))

    def _read_form(self, job):
        """Read what the form of the user shows, lists in it included."""
        view = self.env.ref("job_work_order.job_work_order_view_form")
        form = etree.fromstring(job.get_view(view.id, "form")["arch"])
        specification = {}
        for node in form.iter("field"):
            outer = next((p.get("name") for p in node.iterancestors("field")), None)
            if outer:
                lists = specification.setdefault(outer, {}).setdefault("fields", {})
                lists[node.get("name")] = {}
            else:
                specification.setdefault(node.get("name"), {})
        job.web_read(specification)
