from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

from .common import JobCommon


class TestDoors(JobCommon):
    """Nothing of a job that is not approved reaches the floor, whatever the door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_rule()
        cls.job = cls._make_job()
        cls.job.action_submit()
        cls.job.with_user(cls.boss).action_approve()
        # a run that is there, of a job that has to be approved again
        cls.job._create_runs()
        cls.job.sudo()._back_to_draft()
        cls.order = cls.job.production_ids.with_user(cls.planner)

    def _call(self, model, method, *args, **kwargs):
        """Ask as the planner's client does."""
        return call_kw(
            self.env[model].with_user(self.planner), method, list(args), kwargs
        )

    def assertStays(self, call):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order.job_id, self.job)

    def test_confirm(self):
        self.assertStays(
            lambda: self._call("mrp.production", "action_confirm", self.order.ids)
        )
        with self.assertRaisesRegex(UserError, "is draft"):
            self.order.action_confirm()

    def test_write_state(self):
        for state in ("confirmed", "progress", "to_close", "done"):
            self.assertStays(
                lambda state=state: self._call(
                    "mrp.production", "write", self.order.ids, {"state": state}
                )
            )

    def test_other_buttons(self):
        for method in ("button_plan", "button_mark_done"):
            self.assertStays(
                lambda method=method: self._call(
                    "mrp.production", method, self.order.ids
                )
            )

    def test_produced_quantity(self):
        self.assertStays(
            lambda: self._call(
                "mrp.production", "write", self.order.ids, {"qty_producing": 10}
            )
        )

    def test_operations(self):
        workorder = self.order.workorder_ids
        for method, args in (
            ("button_start", ()),
            ("button_finish", ()),
            ("write", ({"state": "progress"},)),
            ("write", ({"state": "done"},)),
        ):
            self.assertStays(
                lambda method=method, args=args: self._call(
                    "mrp.workorder", method, workorder.ids, *args
                )
            )

    def test_leave_the_job(self):
        """A run does not leave its job to be confirmed without it."""
        for vals in (
            {"job_id": False},
            {"job_line_id": False},
            {"job_id": self._make_job().id},
            {"job_is_child": True},
        ):
            self.assertStays(
                lambda vals=vals: self._call(
                    "mrp.production", "write", self.order.ids, vals
                )
            )

    def test_import(self):
        answer = (
            self.env["mrp.production"]
            .with_user(self.planner)
            .load(
                ["id", "product_id/.id", "job_id/.id"],
                [["__import__.run", str(self.cheese.id), str(self.job.id)]],
            )
        )
        self.assertFalse(answer["ids"])
        self.assertIn("on the job itself", answer["messages"][0]["message"])

    def test_create(self):
        for vals, context in (
            ({"job_id": self.job.id}, {}),
            (
                {},
                {
                    "default_job_id": self.job.id,
                    "default_job_line_id": self.job.line_ids.id,
                },
            ),
        ):
            runs = self.env["mrp.production"].with_user(self.planner)
            order = self._prepare_order(self.bom, 1, **vals)
            if vals:
                with self.assertRaises(UserError):
                    runs.create(order)
            else:
                self.assertFalse(runs.with_context(**context).create(order).job_id)

    def test_context(self):
        """No context of a caller marks a write as the server's."""
        from ..tools import server_write

        for value in (True, 1, "object", self.env.uid):
            key = server_write._KEY
            self.assertStays(
                lambda value=value, key=key: self._call(
                    "job.work.order",
                    "write",
                    self.job.ids,
                    {"phase": "approved"},
                    context={key: value},
                )
            )

    def test_server_fields(self):
        for vals in (
            {"phase": "approved"},
            {"state": "approved"},
            {"name": "JOB/1"},
            {"submitted_by_id": self.boss.id},
            {"baseline_due": datetime(2030, 1, 1)},
        ):
            with self.assertRaisesRegex(UserError, "by hand"):
                self._call("job.work.order", "write", self.job.ids, vals)
            if "name" not in vals:
                with self.assertRaisesRegex(UserError, "by hand"):
                    self._call("job.work.order", "create", vals)
        job = (
            self.env["job.work.order"]
            .with_user(self.planner)
            .with_context(default_phase="approved", default_state="approved")
            .create({})
        )
        self.assertEqual((job.phase, job.state), ("draft", "draft"))

    def test_private(self):
        for method in ("_release", "_back_to_draft", "_create_runs", "_log_change"):
            with self.assertRaises(AccessError):
                self._call("job.work.order", method, self.job.ids)

    def test_procurement(self):
        """A sub-assembly is not confirmed for a job that is not approved."""
        rule = self.env["stock.rule"].search(
            [("action", "=", "manufacture"), ("company_id", "=", self.company.id)],
            limit=1,
        )
        warehouse = rule.warehouse_id or rule.picking_type_id.warehouse_id
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.env["stock.rule"]._run_manufacture(
                [
                    (
                        self.env["stock.rule"].Procurement(
                            self.cheese,
                            1,
                            self.cheese.uom_id,
                            warehouse.lot_stock_id,
                            "x",
                            "x",
                            self.company,
                            {
                                "warehouse_id": warehouse,
                                "date_planned": datetime(2025, 3, 3),
                                "job_line_id": self.job.line_ids,
                            },
                        ),
                        rule,
                    )
                ]
            )

    def test_run_rows(self):
        row = self.job.line_ids.run_ids
        other = self._make_order(self.bom)
        with self.assertRaises(UserError):
            row.with_user(self.planner).production_id = other
        new = (
            self.env["job.work.order.run"]
            .with_user(self.planner)
            .create(
                {
                    "line_id": self.job.line_ids.id,
                    "quantity": 1,
                    "date_start": datetime(2025, 3, 3),
                    "production_id": other.id,
                }
            )
        )
        self.assertFalse(new.production_id)

    def test_larger_order(self):
        """An approved run does not grow on its manufacturing order."""
        self.job.action_submit()
        self.job.with_user(self.boss).action_approve()
        self.job.action_plan()
        with self.assertRaisesRegex(UserError, "cannot become larger"):
            self.order.product_qty = 11
        change = self.env["change.production.qty"].with_user(self.planner)
        with self.assertRaisesRegex(UserError, "cannot become larger"):
            change.create({"mo_id": self.order.id, "product_qty": 11}).change_prod_qty()
        change.create({"mo_id": self.order.id, "product_qty": 8}).change_prod_qty()
        self.assertEqual(self.job.change_ids.kind, "quantity")
        self.assertEqual(self.job.line_ids.quantity, 8)

    def test_stopping_is_allowed(self):
        """What runs already is finished, though the job is revised."""
        self.job.action_submit()
        self.job.with_user(self.boss).action_approve()
        self.job.action_plan()
        self.order.workorder_ids.button_start()
        self.env["job.revision"].with_user(self.planner).create(
            {"job_id": self.job.id, "reason": "More"}
        ).action_apply()
        order = self.order.with_user(self.env.user)
        order.qty_producing = 4
        order.workorder_ids.button_finish()
        order.with_context(
            skip_consumption=True,
            skip_redirection=True,
            skip_backorder=True,
            mo_ids_to_backorder=self.order.ids,
        ).button_mark_done()
        self.assertEqual(self.order.state, "done")
        backorder = self.job.production_ids - self.order
        self.assertEqual(backorder.state, "confirmed")
        self.assertEqual(backorder.product_qty, 6)

    def test_other_company(self):
        other = self._make_company("Dryer")
        stranger = self._make_user(
            "stranger", "job_work_order.job_work_order_group_manager", other
        )
        job = self.job.with_user(stranger).with_context(allowed_company_ids=other.ids)
        with self.assertRaises(AccessError):
            job.read(["title"])
        self.assertFalse(job.search([]))
        with self.assertRaises(AccessError):
            job.action_submit()

    def test_lines_over_rpc(self):
        self.job.action_submit()
        line = self.job.line_ids
        for command in (
            Command.update(line.id, {"quantity": 99}),
            Command.delete(line.id),
            self._prepare_line(5),
        ):
            self.assertStays(
                lambda command=command: self._call(
                    "job.work.order", "write", self.job.ids, {"line_ids": [command]}
                )
            )
