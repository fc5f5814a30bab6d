from odoo.tests import tagged

from .common import RunCostCommon


@tagged("at_install", "-post_install")
class TestRunCost(RunCostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._make_product("Milk")
        cls.cheese = cls._make_product("Cheese")
        cls.whey = cls._make_product("Whey")
        cls._receive(cls.milk, 1000, 0.40)

    def test_plan_and_actual(self):
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=30)
        order = self._make_order(bom, 5)
        self.assertRecordValues(
            order.run_cost_line_ids,
            [
                {"name": "Milk", "planned_amount": 20, "planned_quantity": 50},
                {
                    "name": "Cook",
                    "planned_amount": order.workorder_ids.duration_expected,
                    "planned_quantity": order.workorder_ids.duration_expected / 60,
                },
            ],
        )
        self._log_time(order.workorder_ids, 120)
        self._complete(order)
        self.assertEqual(order.run_cost_line_ids.mapped("amount"), [20, 120])
        self.assertEqual(order.run_cost_actual, 140)
        self.assertEqual(order.run_cost_unit, 28)
        self.assertEqual(order.move_finished_ids.value, 140)
        self.assertEqual(self.cheese.standard_price, 28)
        self.assertBalanced(order)

    def test_overheads_frozen_with_the_operation(self):
        account = self._make_account("Energy absorbed", "730010")
        overheads = self.env["mrp.workcenter.overhead"].create(
            [
                {
                    "workcenter_id": self.workcenter.id,
                    "name": "Energy",
                    "basis": "machine_hour",
                    "rate": 6,
                    "account_id": account.id,
                },
                {
                    "workcenter_id": self.workcenter.id,
                    "name": "Supervision",
                    "basis": "labour_hour",
                    "rate": 3,
                },
                {
                    "workcenter_id": self.workcenter.id,
                    "name": "Administration",
                    "basis": "percent",
                    "rate": 10,
                },
                {
                    "workcenter_id": self.workcenter.id,
                    "name": "Wear",
                    "basis": "unit",
                    "rate": 0.5,
                },
            ]
        )
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=30)
        order = self._make_order(bom, 4)
        workorder = order.workorder_ids
        # two people for the same two hours: machine 2 h, labour 4 h
        self._log_time(workorder, 120)
        self._log_time(workorder, 120)
        workorder.button_finish()
        overheads.rate = 1000
        self._complete(order)
        amounts = {
            line.overhead_id.name: line.amount
            for line in order.run_cost_line_ids
            if line.overhead_id
        }
        self.assertEqual(
            amounts, {"Energy": 12, "Supervision": 12, "Administration": 12, "Wear": 2}
        )
        self.assertEqual(order.move_finished_ids.value, 16 + 120 + 38)
        self.assertEqual(self._get_balance(account), -12)
        self.assertBalanced(order)

    def test_overhead_deleted_after_the_operation(self):
        account = self._make_account("Energy absorbed", "730010")
        overhead = self.env["mrp.workcenter.overhead"].create(
            {
                "workcenter_id": self.workcenter.id,
                "name": "Energy",
                "basis": "machine_hour",
                "rate": 6,
                "account_id": account.id,
            }
        )
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=30)
        order = self._make_order(bom)
        self._log_time(order.workorder_ids, 60)
        order.workorder_ids.button_finish()
        overhead.unlink()
        account.unlink()
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 4 + 60 + 6)
        self.assertBalanced(order)

    def test_hourly_cost_as_machine(self):
        self.workcenter.hour_cost_element = "machine"
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=30)
        order = self._complete(self._make_order(bom))
        self.assertEqual(
            order.run_cost_line_ids.element_id.mapped("code"), ["material", "machine"]
        )

    def test_issue_posted_before_completion(self):
        bom = self._make_bom(self.cheese, [(self.milk, 10)])
        order = self._make_order(bom, 5)
        early = self.env["stock.move"].create(
            {
                "product_id": self.milk.id,
                "product_uom_qty": 10,
                "product_uom": self.milk.uom_id.id,
                "raw_material_production_id": order.id,
                "location_id": order.location_src_id.id,
                "location_dest_id": order.production_location_id.id,
            }
        )
        early._action_confirm()
        early.quantity = 10
        early.picked = True
        early._action_done()
        self.assertEqual(self._get_balance(self.wip_account), 4)
        self.assertIn(order.name, early.account_move_id.ref)
        self._complete(order)
        self.assertEqual(order.run_cost_actual, 24)
        self.assertEqual(order.move_finished_ids.value, 24)
        self.assertBalanced(order)

    def test_extra_cost(self):
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 10)]), 5)
        order.extra_cost = 0.333
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 20 + 1.67)
        self.assertBalanced(order)

    def test_repeated_valuation_changes_nothing(self):
        bom = self._make_bom(
            self.cheese,
            [(self.milk, 10)],
            byproducts=[
                {"product_id": self.whey.id, "product_qty": 7, "cost_share": 33.33}
            ],
            minutes=7,
        )
        order = self._complete(self._make_order(bom, 3))
        values = order.move_finished_ids.mapped("value")
        self.assertAlmostEqual(sum(values), order.run_cost_actual)
        for _time in range(4):
            order.move_finished_ids._set_value()
        self.assertEqual(order.move_finished_ids.mapped("value"), values)
        self.assertEqual(order.late_cost, 0)
        self.assertBalanced(order)

    def test_outputs_posted_in_parts(self):
        """Each posting passes on what came since the last one, and no more."""
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=60)
        order = self._make_order(bom, 2)
        self._log_time(order.workorder_ids, 30)
        order.extra_cost = 1
        order.qty_producing = 1
        order._set_qty_producing()
        order._post_inventory()
        self.assertEqual(order.state, "progress")
        done = order.move_finished_ids.filtered(lambda m: m.state == "done")
        self.assertEqual(done.value, 4 + 30 + 1)
        self.assertEqual(order.wip_value, 0)
        self.assertBalanced(order)
        self._log_time(order.workorder_ids, 45, "2025-01-01 10:00:00")
        order.qty_producing = 2
        order._set_qty_producing()
        self._complete(order)
        self.assertEqual(order.run_cost_actual, 8 + 75 + 2)
        self.assertEqual(sum(order.move_finished_ids.mapped("value")), 85)
        self.assertEqual(self.cheese.total_value, 85)
        self.assertEqual(len(order.run_entry_ids), 2)
        self.assertBalanced(order)

    def test_order_without_output(self):
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 10)]))
        order.move_finished_ids.unlink()
        order.move_raw_ids.picked = True
        self._complete(order)
        self.assertBalanced(order)
        self.assertEqual(
            self._get_balance(self.company.production_variance_account_id), 4
        )

    def test_pool_hook(self):
        """Another room adds a line to the pool: outputs bear it, the entry books it."""
        account = self._make_account("Tolling", "730020")
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 10)]))

        model = self.env.registry["mrp.production"]
        prepare_cost_lines = model._prepare_cost_lines
        tolling = {
            "element": "subcontracting",
            "label": "Tolling",
            "quantity": 1,
            "unit_name": "",
            "amount": 7.5,
            "account": account,
        }
        self.patch(
            model,
            "_prepare_cost_lines",
            lambda production: prepare_cost_lines(production) + [tolling],
        )
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 11.5)
        self.assertEqual(self._get_balance(account), -7.5)
        self.assertBalanced(order)

    def test_abnormal_loss_hook(self):
        """5 % of 1,000 inspected are normal; 80 were scrapped: 30 are expensed."""
        self._receive(self.milk, 25000, 0.40)
        loss_account = self._make_account("Abnormal loss", "730030")
        self.company.abnormal_loss_account_id = loss_account
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 25000)]))
        inspected, scrapped, allowance = 1000, 80, 0.05
        abnormal = scrapped - inspected * allowance
        self.patch(
            self.env.registry["mrp.production"],
            "_get_abnormal_loss",
            lambda production, pool: round(pool * abnormal / inspected),
        )
        self._complete(order)
        self.assertEqual(order.run_cost_actual, 10000)
        self.assertEqual(order.move_finished_ids.value, 9700)
        self.assertEqual(order.abnormal_loss, 300)
        self.assertEqual(self._get_balance(loss_account), 300)
        self.assertBalanced(order)

    def test_recipe_costs_what_the_run_is_planned_to(self):
        self.env["mrp.workcenter.overhead"].create(
            {
                "workcenter_id": self.workcenter.id,
                "name": "Energy",
                "basis": "machine_hour",
                "rate": 6,
            }
        )
        self.milk.standard_price = 0.4
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=30)
        bom.operation_ids.time_mode = "manual"
        order = self._make_order(bom)
        self.assertAlmostEqual(
            self.cheese._compute_bom_price(bom), order.run_cost_planned
        )
        overview = self.env["report.mrp.report_mo_overview"]
        data = overview._get_report_data(order.id)
        self.assertAlmostEqual(data["summary"]["mo_cost"], order.run_cost_planned)
        order.extra_cost = 1
        self._complete(order)
        data = overview._get_report_data(order.id)
        self.assertAlmostEqual(data["summary"]["real_cost"], order.run_cost_actual)

    def test_cost_sheet_prints(self):
        order = self._complete(
            self._make_order(self._make_bom(self.cheese, [(self.milk, 10)], minutes=5))
        )
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "mrp_run_cost.mrp_run_cost_sheet", order.ids
        )
        self.assertIn(b"Cost sheet", html)
        self.assertIn(b"Material", html)

    def test_analysis(self):
        order = self._complete(
            self._make_order(self._make_bom(self.cheese, [(self.milk, 10)], minutes=5))
        )
        self.env.flush_all()
        groups = self.env["mrp.run.cost.report"]._read_group(
            [("production_id", "=", order.id)], ["production_id"], ["amount:sum"]
        )
        self.assertEqual(groups, [(order, order.run_cost_actual)])
