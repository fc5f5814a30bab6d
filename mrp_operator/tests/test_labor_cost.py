import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from .common import OperatorCommon, at, batches


class LaborCommon(OperatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_labor_cost = True
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Work centers"})
        cls.analytic = cls.env["account.analytic.account"].create(
            {
                "name": "Saw",
                "plan_id": cls.plan.id,
                "company_id": cls.company.id,
            }
        )

    def _get_labour(self, order):
        return order.run_cost_line_ids.filtered(
            lambda line: line.element_id.code == "labour"
        )

    def _get_analytic(self, workorder):
        return -sum(workorder.wc_analytic_account_line_ids.mapped("amount"))


class TestLaborCost(LaborCommon):
    def test_off_until_switched_on(self):
        self.company.mrp_labor_cost = False
        log = self._log(self.cut, self.anna, at(8), at(9))
        self.assertEqual((log.labor_rate, log.labor_cost), (0, 0))
        self._complete(self.order)
        # an hour of the saw, and ten minutes that were filled in, twice
        self.assertEqual(sum(self._get_labour(self.order).mapped("amount")), 80)
        self.assertBalanced(self.order)

    def test_replaces_hourly_cost(self):
        """Where the hourly cost is labour, those who worked cost instead of it."""
        self._log(self.cut, self.anna, at(8), at(9))
        self._log(self.cut, self.bert, at(8, 30), at(9))
        self._complete(self.order)
        line = self._get_labour(self.order).filtered(
            lambda line: line.workorder_id == self.cut
        )
        self.assertEqual(line.amount, 30 + 12)
        self.assertEqual(line.quantity, 1.5)
        self.assertBalanced(self.order)

    def test_uncovered_time(self):
        """Time of nobody, or of somebody without a cost, costs the hourly cost."""
        dora = self._make_operator("Dora")
        self._log(self.cut, self.anna, at(8), at(9))
        self._log(self.cut, None, at(8, 30), at(9, 30))
        self._log(self.cut, dora, at(9, 30), at(10))
        self._complete(self.order)
        line = self._get_labour(self.order).filtered(
            lambda line: line.workorder_id == self.cut
        )
        self.assertEqual(line.amount, 30 + 60)
        self.assertBalanced(self.order)

    def test_added_to_machine(self):
        self.saw.hour_cost_element = "machine"
        self._log(self.cut, self.anna, at(8), at(9))
        self._log(self.cut, self.bert, at(8), at(9))
        self._complete(self.order)
        lines = self.order.run_cost_line_ids.filtered(
            lambda line: line.workorder_id == self.cut
        )
        amounts = {line.element_id.code: line.amount for line in lines}
        self.assertEqual(amounts, {"machine": 60, "labour": 54})
        self.assertBalanced(self.order)

    def test_absorption_account(self):
        """Labour is absorbed like the hourly cost it replaces, else by its element."""
        account = self._make_account("Saw hours", "730101")
        labour = self._make_account("Labour absorbed", "730102")
        self.saw.expense_account_id = account
        self.press.hour_cost_element = "machine"
        element = self.env["mrp.cost.element"]._get("labour")
        element.with_company(self.company).credit_account_id = labour
        self._log(self.cut, self.anna, at(8), at(9))
        self._log(self.form, self.bert, at(9), at(10))
        self._complete(self.order)
        self.assertEqual(self._get_balance(account), -30)
        # the coat was filled in at the hourly cost
        self.assertEqual(self._get_balance(labour), -24 - 10)
        self.assertBalanced(self.order)

    def test_overtime(self):
        log = self._log(self.cut, self.anna, at(16), at(18))
        self.assertEqual(log.overtime_seconds, 3600)
        self.assertEqual(log.labor_cost, 30 + 45)
        self.bert.operator_overtime_factor = 2
        log = self._log(self.cut, self.bert, at(16), at(18))
        self.assertEqual(log.labor_cost, 24 + 48)

    def test_rate_is_kept(self):
        log = self._log(self.cut, self.anna, at(8), at(9))
        self.anna.hourly_cost = 99
        self.company.mrp_overtime_factor = 3
        self._log(self.form, self.anna, at(8, 30), at(9))
        self.assertEqual(log.labor_rate, 30)
        self.assertEqual(log.labor_cost, 22.5)
        log._correct({"operator_id": self.bert.id}, self.override_reason)
        self.assertEqual((log.labor_rate, log.labor_cost), (24, 24))

    def test_planned(self):
        """Those who are planned are what the operation is expected to cost."""
        planned = self._get_labour(self.order)
        self.assertEqual(planned.mapped("planned_amount"), [10, 10, 10])
        self.cut.operator_ids = self.anna | self.bert
        line = planned.filtered(lambda line: line.workorder_id == self.cut)
        self.assertEqual(line.planned_amount, 9)
        self._complete(self.order)
        self.assertEqual(line.amount, 9)
        self.assertEqual(self.cut.duration, 20)
        self.assertBalanced(self.order)

    def test_plan_is_frozen(self):
        """Who is planned once the work began does not change the plan."""
        self._log(self.cut, self.anna, at(8), at(9))
        self.cut.operator_ids = self.anna
        line = self._get_labour(self.order)[0]
        self.assertEqual(line.planned_amount, 10)

    def test_estimated_cost_mode(self):
        self.bom.operation_ids[0].cost_mode = "estimated"
        order = self._make_order(self.bom, 10)
        cut = order.workorder_ids[0]
        cut.operator_ids = self.anna
        self._log(cut, self.anna, at(8), at(12))
        self._complete(order)
        line = self._get_labour(order).filtered(lambda line: line.workorder_id == cut)
        self.assertEqual((line.planned_amount, line.amount), (5, 5))
        self.assertBalanced(order)

    def test_correction_after_booking(self):
        """Hours are corrected; what is in the books stays."""
        log = self._log(self.cut, self.anna, at(8), at(9))
        self.saw.analytic_distribution = {self.analytic.id: 100}
        self._complete(self.order)
        self.assertEqual(self._get_analytic(self.cut), 30)
        log._correct({"date_end": at(11)}, self.override_reason)
        self.assertEqual(log.seconds, 10800)
        self.assertEqual(log.labor_cost, 30)
        self.assertTrue(log.correction_ids.after_booking)
        self.env.flush_all()
        self.assertEqual(self._get_analytic(self.cut), 30)
        self.assertBalanced(self.order)

    def test_analytic_counts_once(self):
        """Two people at once: the entry and analytics agree."""
        self.company.mrp_labor_cost = False
        self.saw.analytic_distribution = {self.analytic.id: 100}
        self._log(self.cut, self.anna, at(8), at(9))
        self._log(self.cut, self.bert, at(8), at(9))
        self._complete(self.order)
        line = self._get_labour(self.order).filtered(
            lambda line: line.workorder_id == self.cut
        )
        self.assertEqual(line.amount, 60)
        self.assertEqual(self._get_analytic(self.cut), 60)

    def test_work_in_progress(self):
        self._log(self.cut, self.anna, at(8), at(9))
        self.assertEqual(self.order.wip_value, 30)

    def test_overview(self):
        self._log(self.cut, self.anna, at(8), at(9))
        self._log(self.cut, self.bert, at(8), at(9))
        self.assertEqual(self.cut._compute_current_operation_cost(), 54)
        self.form.operator_ids = self.anna
        self.assertEqual(self.form._compute_expected_operation_cost(), 5)

    @batches(12)
    @given(st.integers(min_value=0))
    def test_adds_up(self, seed):
        """Seconds and money of random overlapping crews, everywhere the same."""
        draw = random.Random(seed)
        with self.cr.savepoint() as savepoint:
            people = (self.anna, self.bert, self.cora)
            for operator in people:
                operator.hourly_cost = draw.randint(0, 9999) / 100
            centers = self.saw | self.press | self.paint
            for center in centers:
                center.hour_cost_element = draw.choice(["labour", "machine"])
                center.analytic_distribution = {self.analytic.id: 100}
            orders = self._make_order(self.bom, 7) | self._make_order(self.bom, 13)
            logs = self.env["mrp.workcenter.productivity"]
            for _step in range(draw.randint(1, 15)):
                start = at(
                    draw.randint(6, 18), draw.randint(0, 59), draw.randint(0, 59)
                )
                logs |= self._log(
                    draw.choice(orders.workorder_ids),
                    draw.choice([*people, None]),
                    start,
                    start + timedelta(seconds=draw.randint(1, 9000)),
                )
            for order in draw.sample(list(orders), 2):
                self._complete(order)
            self.env.flush_all()
            self._check_books(orders)
            self._check_hours(orders, people)
            savepoint.rollback()

    def _check_books(self, orders):
        self.assertBalanced(orders)
        currency = self.company.currency_id
        for workorder in orders.workorder_ids:
            order = workorder.production_id
            lines = order.run_cost_line_ids.filtered(
                lambda line, wo=workorder: line.workorder_id == wo
            )
            rate = workorder.workcenter_id.costs_hour
            rated = workorder.time_ids.filtered("labor_rate")
            machine = workorder._cal_cost() / rate
            charged = machine
            if workorder.workcenter_id.hour_cost_element == "labour":
                charged -= workorder._get_covered_hours(rated)
            expected = charged * rate + sum(rated.mapped("labor_cost"))
            self.assertAlmostEqual(sum(lines.mapped("amount")), expected, delta=0.011)
            self.assertFalse(
                currency.compare_amounts(
                    self._get_analytic(workorder), sum(lines.mapped("amount"))
                )
            )
        for order in orders:
            value = order.move_finished_ids.value
            pool = sum(order.run_cost_line_ids.mapped("amount"))
            self.assertFalse(currency.compare_amounts(value, pool))
            credited = sum(
                order.run_entry_ids.line_ids.filtered(
                    lambda aml: aml.account_id == self.wip_account
                ).mapped("debit")
            )
            self.assertFalse(currency.compare_amounts(credited, pool))

    def _check_hours(self, orders, people):
        logs = orders.workorder_ids.time_ids
        for order in orders:
            hours = sum(wo._get_labour_hours() for wo in order.workorder_ids)
            own = order.workorder_ids.time_ids
            seconds = sum(log._get_labour_seconds() for log in own)
            self.assertAlmostEqual(hours * 3600, seconds, places=3)
        for operator in people:
            own = logs.filtered(lambda log, who=operator: log.operator_id == who)
            spans = sorted((log.date_start, log.date_end) for log in own)
            finish, present = None, 0
            for start, end in spans:
                start = max(start, finish) if finish else start
                if end > start:
                    present += (end - start).total_seconds()
                    finish = end
            self.assertEqual(sum(own.mapped("seconds")), present)
