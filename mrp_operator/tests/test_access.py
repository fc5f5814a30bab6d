from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import OPERATOR, SUPERVISOR, OperatorCommon, at


class TestAccess(OperatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator_user = cls._make_user("anna-access", OPERATOR, cls.anna)
        cls.supervisor = cls._make_user("supervisor-access", SUPERVISOR)
        cls.draft = cls.env["mrp.production"].create(cls._prepare_order(cls.bom, 1))
        cls.done = cls._make_order(cls.bom, 1)
        cls._log(cls.done.workorder_ids[0], cls.bert, at(8), at(9))
        cls._log(cls.done.workorder_ids[1], cls.anna, at(8), at(9))
        cls._complete(cls.done)
        cls.cancelled = cls._make_order(cls.bom, 1)
        cls.cancelled.action_cancel()
        cls.other = cls._make_company("Other Dairy")

    def _see(self, user, model):
        companies = {"allowed_company_ids": user.company_ids.ids}
        return self.env[model].with_user(user).with_context(**companies).search([])

    def test_operator_sees_what_is_released(self):
        user = self.operator_user
        orders = self._see(user, "mrp.production")
        self.assertIn(self.order, orders)
        self.assertFalse(orders & (self.draft | self.done | self.cancelled))
        operations = self._see(user, "mrp.workorder")
        self.assertLessEqual(self.order.workorder_ids, operations)
        self.assertFalse(operations & (self.done | self.draft).workorder_ids)

    def test_operator_sees_own_time(self):
        logs = self._see(self.operator_user, "mrp.workcenter.productivity")
        self.assertEqual(logs.operator_id, self.anna)
        self.cut._start_operators(self.bert)
        cut = self.cut.with_user(self.operator_user)
        self.assertEqual(cut.working_operator_ids, self.bert)
        self.assertEqual(cut.working_operator_ids.mapped("display_name"), ["Bert"])

    def test_manufacturing_user_creates_orders(self):
        """Odoo's form sends the operators of each operation, also when there are none;
        its user may not read employees.
        """
        planner = self._make_user(
            "planner-form", "mrp.group_mrp_user,mrp.group_mrp_routings"
        )
        with Form(self.env["mrp.production"].with_user(planner)) as form:
            form.product_id = self.bom.product_id or (
                self.bom.product_tmpl_id.product_variant_id
            )
            form.bom_id = self.bom
        order = form.record
        self.assertEqual(order.workorder_ids.operation_id, self.bom.operation_ids)
        with Form(order) as form, form.workorder_ids.edit(0) as operation:
            operation.name = "Cut by hand"
        self.assertEqual(order.workorder_ids[0].name, "Cut by hand")

    def test_planner_loses_nothing(self):
        """Somebody who is a planner and an operator sees what a planner sees."""
        for name, groups in (
            ("planner", "mrp.group_mrp_user"),
            ("manager", "mrp.group_mrp_manager"),
            ("viewer", "mrp_run_cost.mrp_run_cost_group_viewer"),
            ("stock", "stock.group_stock_user"),
        ):
            alone = self._make_user(f"{name}-alone", groups)
            both = self._make_user(f"{name}-both", f"{groups},{OPERATOR}")
            for model in (
                "mrp.production",
                "mrp.workorder",
                "mrp.workcenter",
                "mrp.workcenter.productivity",
            ):
                if self.env[model].with_user(alone).has_access("read"):
                    with self.subTest(name=name, model=model):
                        expected = self._see(alone, model)
                        self.assertLessEqual(expected, self._see(both, model))
                        self.assertIn(
                            self.done,
                            self._see(both, "mrp.production"),
                        )

    def test_supervisor_sees_all(self):
        self.assertTrue(self.supervisor.has_group(OPERATOR))
        self.assertIn(self.done, self._see(self.supervisor, "mrp.production"))
        logs = self._see(self.supervisor, "mrp.workcenter.productivity")
        self.assertLessEqual(self.done.workorder_ids.time_ids, logs)

    def test_companies(self):
        stranger = self._make_user("stranger-access", OPERATOR)
        stranger.write(
            {"company_ids": [(6, 0, self.other.ids)], "company_id": self.other.id}
        )
        self.env["mrp.operator.presence"]._sign_in(self.anna, self.saw)
        self.cut._start_operators(self.anna)
        self.cut.time_ids._correct({"active": False}, self.override_reason)
        for model in ("mrp.production", "mrp.workorder", "mrp.operator.presence"):
            self.assertFalse(
                self._see(stranger, model).filtered(
                    lambda record: record.company_id == self.company
                )
            )
        with self.assertRaises(AccessError):
            self.cut.with_user(stranger).action_operator_finish()
        supervisor = self._make_user("stranger-supervisor", SUPERVISOR)
        supervisor.write(
            {"company_ids": [(6, 0, self.other.ids)], "company_id": self.other.id}
        )
        for model in ("mrp.time.correction", "mrp.operator.time.report"):
            self.assertFalse(
                self._see(supervisor, model).filtered(
                    lambda record: record.company_id == self.company
                )
            )

    def test_operator_works(self):
        """Start, stop and finish, without any right of manufacturing."""
        cut = self.cut.with_user(self.operator_user)
        cut.action_operator_start()
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        self.assertEqual(self.cut.time_ids.user_id, self.operator_user)
        cut.invalidate_recordset(["is_own_clock"])
        self.assertTrue(cut.is_own_clock)
        cut.action_operator_stop()
        self.assertFalse(self.cut.working_operator_ids)
        cut.action_operator_start()
        cut.action_operator_finish()
        self.assertEqual(self.cut.state, "done")
        with self.assertRaisesRegex(UserError, "finished already"):
            cut.action_operator_start()

    def test_operator_stops_only_himself(self):
        self.cut._start_operators(self.anna | self.bert)
        self.cut.with_user(self.operator_user).action_operator_stop()
        self.assertEqual(self.cut.working_operator_ids, self.bert)

    def test_what_is_not_released(self):
        operation = self.draft.workorder_ids[0].with_user(self.operator_user)
        with self.assertRaises(AccessError):
            operation.action_operator_start()

    def test_services_need_the_role(self):
        nobody = self._make_user("nobody-access", "base.group_user")
        with self.assertRaises(AccessError):
            self.cut.with_user(nobody).action_operator_finish()

    def test_contexts_do_not_reach_the_server(self):
        cut = self.cut.with_user(self.operator_user).with_context(
            default_seconds=1, default_operator_id=self.bert.id
        )
        cut.action_operator_start()
        self.assertEqual(self.cut.working_operator_ids, self.anna)

    def test_work_orders_show_operators(self):
        """Planners who do not see employees see who is planned and who works."""
        self.cut.with_user(self.user).operator_ids = self.anna | self.bert
        self.cut._start_operators(self.anna)
        specification = {
            name: {"fields": {"display_name": {}}}
            for name in ("operator_ids", "working_operator_ids")
        }
        self.env.invalidate_all()
        data = self.cut.with_user(self.user).web_read(specification)[0]
        names = [person["display_name"] for person in data["operator_ids"]]
        self.assertEqual(names, ["Anna", "Bert"])
        self.assertEqual(data["working_operator_ids"][0]["display_name"], "Anna")
        found = (
            self.env["mrp.workorder"]
            .with_user(self.user)
            .search([("working_operator_ids", "in", self.anna.ids)])
        )
        self.assertEqual(found, self.cut)
        found = (
            self.env["hr.employee"]
            .with_user(self.user)
            .name_search("Ann", [("is_operator", "=", True)])
        )
        self.assertEqual(found[0][0], self.anna.id)

    def test_rates_are_for_viewers(self):
        self.company.mrp_labor_cost = True
        log = self._log(self.cut, self.anna, at(10), at(11))
        for user in (self.user, self.operator_user, self.supervisor):
            with self.assertRaises(AccessError):
                log.with_user(user).read(["labor_rate"])
            with self.assertRaises(AccessError):
                log.with_user(user).search([("labor_cost", ">", 1)])


class TestReport(OperatorCommon):
    def _get_hours(self, user=None):
        self.env.flush_all()
        report = self.env["mrp.operator.time.report"]
        return dict(
            report._read_group(
                [("company_id", "=", self.company.id)],
                ["operator_id"],
                ["overtime_hours:sum"],
            )
        )

    def test_hours_over_calendar(self):
        self._log(self.cut, self.anna, at(15), at(19))
        self._log(self.form, self.bert, at(9), at(10))
        self.assertEqual(self._get_hours(), {self.anna: 2, self.bert: 0})

    def test_names_are_left_out(self):
        self._log(self.cut, self.anna, at(15), at(19))
        self._log(self.form, self.bert, at(16), at(18))
        self.company.mrp_person_statistics = False
        self.assertEqual(self._get_hours(), {self.env["hr.employee"]: 3})

    def test_raw_time_has_no_persons_either(self):
        """What the analysis leaves out is not had from the logs, nor through others."""
        self._log(self.cut, self.anna, at(15), at(19))
        self.cut.with_user(self.user).button_start()
        logs = self.env["mrp.workcenter.productivity"].with_user(self.user)
        corrections = self.env["mrp.time.correction"].with_user(self.user)
        queries = [(logs, name) for name in ("operator_id", "user_id", "create_uid")]
        queries += [(logs, "operator_id.name"), (corrections, "log_id.operator_id")]
        for records, groupby in queries:
            records.formatted_read_group([], [groupby], ["__count"])
        self.company.mrp_person_statistics = False
        for records, groupby in queries:
            with self.assertRaisesRegex(UserError, "wants no statistics by person"):
                records.formatted_read_group([], [groupby], ["__count"])
        self.assertTrue(
            logs.formatted_read_group([], ["workcenter_id"], ["duration:sum"])
        )
        # whoever works goes on working
        self.cut.with_user(self.user).button_finish()
        self.form.with_user(self.user).button_start()

    def test_archived_is_left_out(self):
        log = self._log(self.cut, self.anna, at(15), at(19))
        log._correct({"active": False}, self.override_reason)
        self.assertFalse(self._get_hours())
