from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form

from .common import OPERATOR, OperatorCommon, at


class TestDoors(OperatorCommon):
    """Whoever may not work does not get to work, whatever way is tried."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._make_company("Other Dairy")
        cls.gone = cls._make_operator("Gone")
        cls.gone.active = False
        cls.ended = cls._make_operator("Ended", operator_date_end="2024-12-31")
        cls.clerk = cls._make_operator("Clerk", is_operator=False)
        cls.stranger = cls._make_operator(
            "Stranger", company_id=cls.other.id, resource_calendar_id=False
        )

    def _get_doors(self, who):
        """:return: list of ``(name, function)``, each a way to let somebody work"""
        operation = self.cut.with_user(self.user)
        logs = self.env["mrp.workcenter.productivity"].with_user(self.user)
        vals = {
            "workorder_id": operation.id,
            "workcenter_id": operation.workcenter_id.id,
            "loss_id": self.env.ref("mrp.block_reason7").id,
            "operator_id": who.id,
            "date_start": at(8),
        }
        row = ["workorder_id/.id", "workcenter_id/.id", "loss_id/.id"]
        row += ["operator_id/.id", "date_start", "date_end"]

        def load():
            data = [
                str(self.cut.id),
                str(self.saw.id),
                str(vals["loss_id"]),
                str(who.id),
                "2025-03-03 08:00:00",
                "2025-03-03 09:00:00",
            ]
            result = logs.load(row, [data])
            if not result["ids"]:
                raise UserError(result["messages"][0]["message"])

        def name_afterwards():
            log = self._log(self.cut, None, at(8), at(9))
            log.with_user(self.user).operator_id = who

        def typed():
            # planned before whatever forbids it
            self.env.cr.execute(
                "INSERT INTO mrp_workorder_operator_rel VALUES (%s, %s)",
                [operation.id, who.id],
            )
            self.env.invalidate_all()
            operation.duration = 30

        def pressed(method):
            def press():
                self.env.cr.execute(
                    "INSERT INTO mrp_workorder_operator_rel VALUES (%s, %s)",
                    [operation.id, who.id],
                )
                self.env.invalidate_all()
                method()

            return press

        def assign():
            wizard = self.env["mrp.operator.assign"].with_user(self.user)
            wizard.create(
                {
                    "workorder_ids": [Command.set(operation.ids)],
                    "operator_ids": [Command.set(who.ids)],
                }
            ).action_start()

        return [
            ("plan", lambda: operation.write({"operator_ids": [(4, who.id)]})),
            ("plan all", lambda: operation.write({"operator_ids": [(6, 0, who.ids)]})),
            (
                "plan in the order",
                lambda: self.order.with_user(self.user).write(
                    {
                        "workorder_ids": [
                            Command.update(
                                operation.id, {"operator_ids": [Command.link(who.id)]}
                            )
                        ]
                    }
                ),
            ),
            ("start", lambda: operation._start_operators(who)),
            ("dialog", assign),
            ("button", pressed(operation.button_start)),
            ("dropdown", pressed(lambda: operation.set_state("progress"))),
            ("state", pressed(lambda: operation.write({"state": "progress"}))),
            ("typed duration", typed),
            ("log", lambda: logs.create(vals | {"date_end": at(9)})),
            ("clock", lambda: logs.create(vals)),
            (
                "log in the operation",
                lambda: operation.write(
                    {"time_ids": [Command.create(vals | {"date_end": at(9)})]}
                ),
            ),
            ("import", load),
            ("name afterwards", name_afterwards),
            (
                "hand over",
                lambda: operation._hand_over(self.env["hr.employee"], who),
            ),
            (
                "sign in",
                lambda: self.env["mrp.operator.presence"]._sign_in(who, self.saw),
            ),
        ]

    def _check_doors(self, who, message, skip=()):
        for name, door in self._get_doors(who):
            if name in skip:
                continue
            with self.subTest(door=name, who=who.name):
                with self.cr.savepoint() as savepoint:
                    with self.assertRaisesRegex(UserError, message):
                        door()
                    savepoint.rollback()
                self.env.invalidate_all()
                self.assertFalse(self.cut.time_ids)
                self.assertEqual(self.cut.state, "ready")
                self.assertFalse(self.cut.operator_ids)

    def test_archived(self):
        # an import does not even find who is archived, an old plan is passed over
        skip = ("import", "button", "dropdown", "state", "typed duration")
        self._check_doors(self.gone, "Gone|Choose who starts", skip)

    def test_ended(self):
        self._check_doors(self.ended, "Ended works here until")

    def test_no_operator(self):
        self._check_doors(self.clerk, "Clerk is no operator")

    def test_other_company(self):
        # a plan from elsewhere is passed over, nobody sees people of another company
        skip = ("button", "dropdown", "state", "typed duration")
        message = "Stranger|No matching record|access|Dairy"
        self._check_doors(self.stranger, message, skip)

    def test_open_doors(self):
        """All of them let those in who may work."""
        for name, door in self._get_doors(self.anna):
            with self.subTest(door=name), self.cr.savepoint() as savepoint:
                door()
                self.env.flush_all()
                savepoint.rollback()
            self.env.invalidate_all()

    def test_ends_on_the_last_day(self):
        self.anna.operator_date_end = "2025-03-03"
        self.assertTrue(self._log(self.cut, self.anna, at(8), at(9)))
        with self.assertRaisesRegex(UserError, "until"):
            self._log(self.cut, self.anna, at(8, day=1), at(9, day=1))

    def test_stopping_is_never_refused(self):
        for stop in (
            lambda: self.cut.button_pending(),
            lambda: self.cut.button_finish(),
            lambda: self.cut._stop_operators(),
            lambda: self.cut.action_mark_as_done(),
            lambda: self._complete(self.order),
            lambda: self.order.action_cancel(),
        ):
            with self.cr.savepoint() as savepoint:
                self.cut._start_operators(self.anna)
                self.anna.operator_date_end = "2024-12-31"
                stop()
                self.assertTrue(all(self.cut.time_ids.mapped("date_end")))
                savepoint.rollback()
            self.env.invalidate_all()


class TestForgery(OperatorCommon):
    """What the server recorded is not written by callers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_labor_cost = True
        cls.log = cls._log(cls.cut, cls.anna, at(8), at(9))
        cls.planner = cls._make_user(
            "planner-forger", "mrp.group_mrp_manager,stock.group_stock_manager"
        )

    def _check_refused(self, vals, message="follows from the clock|is recorded|access"):
        for user in (self.user, self.planner):
            log = self.log.with_user(user)
            with self.subTest(user=user.login, **vals):
                with self.assertRaisesRegex(UserError, message):
                    log.write(vals)
        self.assertEqual(self.log.seconds, 3600)
        self.assertEqual(self.log.operator_id, self.anna)

    def test_server_fields(self):
        for vals in (
            {"seconds": 1},
            {"overtime_seconds": 60},
            {"labor_rate": 99},
            {"labor_cost": 1},
            {"is_estimated": True},
            {"is_capped": True},
            {"active": False},
        ):
            self._check_refused(vals)

    def test_recorded_fields(self):
        for vals in (
            {"operator_id": self.bert.id},
            {"operator_id": False},
            {"date_start": at(7)},
            {"date_end": at(10)},
            {"date_end": False},
            {"workorder_id": self.form.id},
        ):
            self._check_refused(vals)

    def test_same_values_are_no_change(self):
        self.log.with_user(self.user).write(
            {"date_end": "2025-03-03 09:00:00", "operator_id": self.anna.id}
        )
        self.assertFalse(self.log.correction_ids)

    def test_created_with_server_fields(self):
        vals = {
            "workorder_id": self.cut.id,
            "workcenter_id": self.saw.id,
            "loss_id": self.env.ref("mrp.block_reason7").id,
            "operator_id": self.bert.id,
            "date_start": at(8),
            "date_end": at(9),
        }
        logs = self.env["mrp.workcenter.productivity"].with_user(self.user)
        with self.assertRaisesRegex(UserError, "follows from the clock"):
            logs.create(vals | {"seconds": 1})
        with self.assertRaisesRegex(UserError, "follows from the clock"):
            logs.create(vals | {"is_estimated": True})
        # nor by a default of the caller's context
        log = logs.with_context(
            default_seconds=1,
            default_labor_rate=1,
            default_is_capped=True,
            default_active=False,
        ).create(vals)
        self.assertEqual(log.seconds, 3600)
        self.assertEqual(log.sudo().labor_rate, 24)
        self.assertFalse(log.is_capped)
        self.assertTrue(log.active)

    def test_crafted_context(self):
        """No key of a context opens a door."""
        log = self.log.with_user(self.user).with_context(
            mrp_operator_time_door="correct",
            mrp_reason_server_write=True,
            active_test=False,
        )
        with self.assertRaisesRegex(UserError, "is recorded"):
            log.write({"date_end": at(10)})

    def test_archived_counts_nowhere(self):
        """Not even for a caller who asks for archived records."""
        self.log._correct({"active": False}, self.override_reason)
        self.env.flush_all()
        cut = self.cut.with_context(active_test=False)
        self.env.invalidate_all()
        self.assertFalse(cut.time_ids)
        self.assertEqual(cut.duration, 0)
        self.assertEqual(cut.get_duration(), 0)
        self.assertEqual(cut._cal_cost(), 0)
        self.assertEqual(self.log.duration, 0)
        total = (
            self.env["mrp.workcenter.productivity"]
            .with_context(active_test=False)
            ._read_group(
                [("workorder_id", "=", cut.id)],
                [],
                ["duration:sum", "seconds:sum", "labor_cost:sum"],
            )
        )
        self.assertEqual(total, [(0, 0, 0)])

    def test_clock_may_be_stopped_by_typing(self):
        """The end of a clock that runs may be entered, its start may not."""
        log = self._log(self.form, self.anna, at(10), False).with_user(self.user)
        with self.assertRaisesRegex(UserError, "is recorded"):
            log.date_start = at(9)
        log.date_end = at(11)
        self.assertEqual(log.seconds, 3600)
        with self.assertRaisesRegex(UserError, "is recorded"):
            log.date_end = at(12)

    def test_unnamed_may_be_named_once(self):
        log = self._log(self.form, None, at(10), at(11)).with_user(self.user)
        log.operator_id = self.bert
        self.assertEqual(log.seconds, 3600)
        with self.assertRaisesRegex(UserError, "is recorded"):
            log.operator_id = self.cora

    def test_ends_before_it_starts(self):
        with self.assertRaisesRegex(UserError, "ends before it starts"):
            self._log(self.cut, self.anna, at(9), at(8))

    def test_not_tracked_is_free(self):
        self.company.mrp_operator_tracking = False
        self.log.with_user(self.user).date_end = at(10)
        self.assertEqual(self.log.seconds, 7200)

    def test_operator_has_no_write_access(self):
        user = self._make_user("anna-forger", OPERATOR, self.anna)
        for operation in (
            lambda: self.log.with_user(user).write({"description": "x"}),
            lambda: self.log.with_user(user).unlink(),
            lambda: self.log.with_user(user).copy(),
            lambda: self.cut.with_user(user).write({"name": "x"}),
            lambda: self.cut.with_user(user).button_start(),
            lambda: self.cut.with_user(user).button_finish(),
            lambda: self.order.with_user(user).button_mark_done(),
            lambda: self.order.with_user(user).write({"origin": "x"}),
        ):
            with self.subTest(), self.assertRaises(UserError), self.cr.savepoint():
                operation()
        self.assertEqual(self.cut.state, "ready")

    def test_form(self):
        """What the form of a log sends is what the server accepts."""
        now = fields.Datetime.now().replace(second=0)
        log = self._log(self.form, self.anna, now - timedelta(hours=1), False)
        with Form(log.with_user(self.user), "mrp.oee_form_view") as form:
            form.description = "all well"
        self.assertEqual(log.description, "all well")
