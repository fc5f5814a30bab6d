from .common import OperatorCommon, at


class TestEstimate(OperatorCommon):
    """Time that the server makes up is never the clicker's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.closer = cls._make_operator("Closer")
        cls.closing_user = cls._make_user(
            "closer", "mrp.group_mrp_manager,stock.group_stock_manager", cls.closer
        )

    def _get_closings(self):
        """:return: ways to close without having logged time"""
        user = self.closing_user
        order = self.order.with_user(user)
        return [
            ("mark done", lambda: self._complete(order)),
            ("operation done", lambda: order.workorder_ids.action_mark_as_done()),
            (
                "dropdown",
                lambda: [wo.set_state("done") for wo in order.workorder_ids],
            ),
            (
                "typed",
                lambda: [wo.write({"duration": 10}) for wo in order.workorder_ids],
            ),
        ]

    def test_nobody_planned(self):
        for name, close in self._get_closings():
            with self.subTest(closing=name), self.cr.savepoint() as savepoint:
                close()
                logs = self.order.workorder_ids.time_ids
                self.assertEqual(len(logs), 3)
                self.assertFalse(logs.operator_id | logs.user_id.employee_id)
                self.assertTrue(all(logs.mapped("is_estimated")))
                savepoint.rollback()
            self.env.invalidate_all()

    def test_planned(self):
        self.order.workorder_ids.operator_ids = self.anna
        for name, close in self._get_closings():
            with self.subTest(closing=name), self.cr.savepoint() as savepoint:
                close()
                logs = self.order.workorder_ids.time_ids
                self.assertEqual(logs.operator_id, self.anna)
                self.assertTrue(all(logs.mapped("is_estimated")))
                self.assertEqual(logs.mapped("seconds"), [600] * 3)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_not_tracked(self):
        """As Odoo does it, only that it is marked."""
        self.company.mrp_operator_tracking = False
        self._complete(self.order.with_user(self.closing_user))
        logs = self.order.workorder_ids.time_ids
        self.assertFalse(logs.operator_id)
        self.assertEqual(logs.user_id, self.closing_user)
        self.assertTrue(all(logs.mapped("is_estimated")))

    def test_measured_stays(self):
        self.order.workorder_ids.operator_ids = self.anna
        log = self._log(self.cut, self.bert, at(8), at(9))
        self._complete(self.order)
        self.assertEqual(self.cut.time_ids, log)
        self.assertFalse(log.is_estimated)

    def test_crew_is_filled_in(self):
        """Everybody who was planned worked as long as it was expected to take."""
        self.cut.operator_ids = self.anna | self.bert
        self._complete(self.order)
        logs = self.cut.time_ids
        self.assertEqual(logs.operator_id, self.anna | self.bert)
        self.assertEqual(logs.mapped("seconds"), [600, 600])
        self.assertEqual(self.cut.duration, 20)
        self.assertAlmostEqual(self.cut._get_machine_hours() * 60, 10)

    def test_crew_types_a_duration(self):
        """What is typed is the time of all together."""
        self.cut.operator_ids = self.anna | self.bert | self.cora
        self.cut.with_user(self.user).duration = 10
        logs = self.cut.time_ids.sorted("date_start")
        self.assertEqual(logs.mapped("seconds"), [200] * 3)
        self.assertEqual(self.cut.duration, 10)
        self.assertAlmostEqual(self.cut._get_machine_hours() * 60, 10)

    def test_typed_beyond_the_expected(self):
        self.cut.operator_ids = self.anna
        self.cut.duration = 15
        loss_types = self.cut.time_ids.sorted("date_start").mapped("loss_type")
        self.assertEqual(loss_types, ["productive", "performance"])
        self.assertEqual(self.cut.time_ids.operator_id, self.anna)

    def test_typed_less_is_kept(self):
        """Odoo deletes and shortens logs; what they said is kept."""
        self._log(self.cut, self.anna, at(8), at(8, 10))
        late = self._log(self.cut, self.bert, at(9), at(9, 5))
        self.cut.with_user(self.user).duration = 4
        self.assertFalse(late.active)
        self.assertEqual(self.cut.duration, 4)
        corrections = self.env["mrp.time.correction"].search(
            [("workorder_id", "=", self.cut.id)]
        )
        self.assertEqual(corrections.mapped("kind"), ["system", "system"])
        self.assertEqual(corrections.user_id, self.user)
        self.assertEqual(sorted(corrections.mapped("old_seconds")), [300, 600])
        self.assertEqual(sorted(corrections.mapped("new_seconds")), [0, 240])

    def test_cancelled_operation(self):
        """Closing with a cancelled operation takes its time back, and keeps it."""
        log = self._log(self.cut, self.anna, at(8), at(9))
        self.cut.action_cancel()
        self._complete(self.order)
        self.assertFalse(log.active)
        self.assertEqual(log.correction_ids.old_seconds, 3600)
        self.assertBalanced(self.order)

    def test_office_is_asked(self):
        order = self.order.with_user(self.user)
        self.form.operator_ids = self.bert
        self._log(self.coat, self.cora, at(8), at(9))
        self.env["mrp.operator.presence"]._sign_in(self.anna, self.saw)
        action = order.with_context(ask_operators=True).button_mark_done()
        self.assertEqual(action["res_model"], "mrp.operator.closing")
        self.assertNotEqual(order.state, "done")
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.line_ids.workorder_id, self.cut)
        self.assertEqual(wizard.line_ids.operator_ids, self.anna)
        self.assertIs(wizard.action_name(), True)
        self.assertEqual(order.state, "done")
        self.assertEqual(self.cut.time_ids.operator_id, self.anna)
        self.assertTrue(self.cut.time_ids.is_estimated)

    def test_office_does_not_know(self):
        order = self.order.with_user(self.user)
        wizard = (
            self.env["mrp.operator.closing"]
            .with_user(self.user)
            .with_context(ask_operators=True)
            .create({"production_ids": [(6, 0, order.ids)]})
        )
        self.assertEqual(len(wizard.line_ids), 3)
        self.assertIs(wizard.action_skip(), True)
        self.assertEqual(order.state, "done")
        self.assertFalse(order.workorder_ids.time_ids.operator_id)

    def test_named_although_not_allowed(self):
        """Finishing is never refused: who did it did it."""
        self.anna.operator_date_end = "2024-12-31"
        self.cut._name_operators(self.anna)
        self._complete(self.order)
        self.assertEqual(self.cut.time_ids.operator_id, self.anna)

    def test_headless_is_never_asked(self):
        self.assertIs(
            self.order.with_user(self.user)
            .with_context(
                skip_backorder=True, skip_consumption=True, skip_redirection=True
            )
            .button_mark_done(),
            True,
        )

    def test_many_orders_at_once(self):
        orders = self.order | self._make_order(self.bom, 5)
        orders.workorder_ids.operator_ids = self.anna
        self._complete(orders)
        logs = orders.workorder_ids.time_ids
        self.assertEqual(logs.operator_id, self.anna)
        self.assertEqual(sum(logs.mapped("seconds")), 3 * 600 + 3 * 300)
