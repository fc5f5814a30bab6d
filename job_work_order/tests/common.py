from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.mrp_multi_output.tests.common import MultiOutputCommon


class JobCommon(MultiOutputCommon):
    """Cheese out of milk, a planner, somebody who approves, and jobs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._make_user(
            "planner", "job_work_order.job_work_order_group_planner"
        )
        cls.boss = cls._make_user("boss", "job_work_order.job_work_order_group_reader")
        cls.cheese = cls._make_product("Cheese")
        cls.bom = cls._make_bom(cls.cheese, [(cls.milk, 10)], minutes=60)
        cls.production = cls.env.ref("job_work_order.job_work_order_type_production")
        cls.project = cls.env.ref("job_work_order.job_work_order_type_project")
        cls.prototype = cls.env.ref("job_work_order.job_work_order_type_prototype")
        cls.customer = cls.env["res.partner"].create({"name": "Customer"})

    @classmethod
    def _make_user(cls, name, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"job-{name}",
            groups=f"base.group_user,{groups}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _make_rule(cls, **values):
        cls.company.job_approval = True
        return cls.env["job.approval.rule"].create(
            {"name": "Boss", "approver_ids": cls.boss.ids, **values}
        )

    @classmethod
    def _prepare_line(cls, quantity=10, product=None, **values):
        return Command.create(
            {"product_id": (product or cls.cheese).id, "quantity": quantity, **values}
        )

    @classmethod
    def _make_job(cls, *lines, **values):
        """A draft that the planner made."""
        return (
            cls.env["job.work.order"]
            .with_user(cls.planner)
            .create(
                {
                    "type_id": cls.production.id,
                    "line_ids": list(lines) or [cls._prepare_line()],
                    **values,
                }
            )
        )

    @classmethod
    def _make_planned(cls, *lines, **values):
        job = cls._make_job(*lines, **values)
        job.action_submit()
        job.action_plan()
        return job

    @classmethod
    def _change(cls, job, kind, **values):
        """Change a run the way the dialog does."""
        change = (
            cls.env["job.run.change"]
            .with_user(cls.planner)
            .create({"job_id": job.id, "kind": kind, "reason": "Asked for", **values})
        )
        change.action_apply()
        return job.change_ids[:1]
