from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError

from .common import JobCommon


class TestDashboard(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._make_user("dashboard", "mrp.group_mrp_user")
        cls.viewer = cls._make_user(
            "dashboard-viewer",
            "mrp.group_mrp_user,mrp_run_cost.mrp_run_cost_group_viewer",
        )
        cls.job = cls._make_planned(cls._prepare_line(10, run_size=5))
        cls.first, cls.second = cls.job.sudo().production_ids
        end = fields.Datetime.now() - timedelta(hours=3)
        cls.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": cls.first.workorder_ids.id,
                "workcenter_id": cls.workcenter.id,
                "loss_id": cls.env.ref("mrp.block_reason7").id,
                "date_start": end - timedelta(hours=5),
                "date_end": end,
            }
        )
        cls.first.qty_producing = 4
        cls.first._set_qty_producing()
        cls._complete(cls.first)
        cls._complete(cls.second)

    def _get_tiles(self, user=None, period="week", workcenter=None):
        figures = (
            self.env["job.dashboard"]
            .with_user(user or self.viewer)
            .get_figures(period, workcenter.id if workcenter else False)
        )
        return {tile["key"]: tile for tile in figures["tiles"]}

    def test_throughput(self):
        tile = self._get_tiles()["throughput"]
        self.assertEqual(tile["value"], 2)
        self.assertEqual(sum(bar["value"] or 0 for bar in tile["trend"]), 2)
        self.assertIn("9 ", tile["details"][0])
        runs = self.env["mrp.production"].with_user(self.viewer)
        self.assertEqual(
            runs.search(tile["action"]["domain"]).ids,
            (self.first | self.second).sorted().ids,
        )

    def test_on_time(self):
        self.assertEqual(self._get_tiles()["on_time"]["value"], 100)
        self.env.cr.execute(
            "UPDATE mrp_production SET date_finished = %s, baseline_end = %s "
            "WHERE id = %s",
            (datetime.now(), datetime.now() - timedelta(hours=1), self.first.id),
        )
        self.env.invalidate_all()
        tile = self._get_tiles()["on_time"]
        self.assertEqual(tile["value"], 50)
        runs = self.env["mrp.production"].with_user(self.viewer)
        self.assertEqual(runs.search(tile["action"]["domain"]), self.first)

    def test_yield(self):
        """Four of five, and five of five."""
        self.assertAlmostEqual(self._get_tiles()["yield"]["value"], 90)

    def test_first_pass(self):
        self.assertEqual(self._get_tiles()["first_pass"]["value"], 100)
        order = self._make_order(self.bom, 4)
        order.workorder_ids.button_start()
        for kind, quantity in (("good", 3), ("scrap", 1)):
            self.env["mrp.operation.quantity"].create(
                {
                    "production_id": order.id,
                    "workorder_id": order.workorder_ids.id,
                    "kind": kind,
                    "quantity": quantity,
                }
            )
        order.qty_producing = 3
        order._set_qty_producing()
        self._complete(order)
        # one of three runs had a quarter not good
        self.assertAlmostEqual(self._get_tiles()["first_pass"]["value"], 100 * 2.75 / 3)

    def test_oee(self):
        """Five hours planned, five taken, and five of standstill."""
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.workcenter.id,
                "company_id": self.company.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "date_start": fields.Datetime.now() - timedelta(hours=2),
                "date_end": fields.Datetime.now() - timedelta(hours=1),
            }
        )
        # whatever the calendar says about the time of the test
        log.duration = 300
        tile = self._get_tiles()["oee"]
        # runs at the same time count once: eight hours of thirteen
        self.assertAlmostEqual(tile["value"], 100 * 8 / 13, places=1)
        self.assertEqual(len(tile["details"]), 3)

    def test_money_for_viewers(self):
        delay = self.env["mrp.delay"].create(
            {
                "kind": "block",
                "workcenter_id": self.workcenter.id,
                "company_id": self.company.id,
                "date_start": fields.Datetime.now() - timedelta(hours=2),
                "date_end": fields.Datetime.now() - timedelta(hours=1),
            }
        )
        # whatever the calendar says about the time of the test
        delay.flush_recordset()
        self.env.cr.execute(
            "UPDATE mrp_delay SET minutes = 60, hourly_cost = 60 WHERE id = %s",
            (delay.id,),
        )
        seen = self._get_tiles()["reasons"]
        blind = self._get_tiles(self.user)["reasons"]
        self.assertEqual(seen["value"], 1)
        self.assertIn("60.00", seen["rows"][0]["cost"])
        self.assertEqual(blind["value"], seen["value"])
        self.assertFalse(blind["details"])
        self.assertFalse(any(row["cost"] for row in blind["rows"]))

    def test_workcenter(self):
        other = self.workcenter.copy()
        tiles = self._get_tiles(workcenter=other)
        self.assertEqual(tiles["throughput"]["value"], 0)
        self.assertFalse(tiles["on_time"]["value"])
        self.assertEqual(
            self._get_tiles(workcenter=self.workcenter)["throughput"]["value"], 2
        )

    def test_targets(self):
        self.company.write({"job_target_throughput": 3, "job_target_oee": 80})
        tiles = self._get_tiles(period="quarter")
        self.assertEqual(tiles["throughput"]["target"], 39)
        self.assertEqual(tiles["oee"]["target"], 80)
        self.assertFalse(tiles["yield"]["target"])

    def test_queries(self):
        """One read per tile, however many runs."""
        self._get_tiles()
        for period in ("week", "year"):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._get_tiles(period=period)
            # eight tiles; access, companies and names besides
            self.assertLess(self.env.cr.sql_log_count - before, 60)

    def test_other_company(self):
        other = self._make_company("Dryer")
        stranger = self._make_user("dashboard-other", "mrp.group_mrp_user", other)
        dashboard = self.env["job.dashboard"].with_user(stranger)
        figures = dashboard.with_context(allowed_company_ids=other.ids).get_figures()
        self.assertFalse(any(tile["value"] for tile in figures["tiles"]))
        with self.assertRaises(AccessError):
            dashboard.with_context(allowed_company_ids=self.company.ids).get_figures()
        # a work center of another company is none
        figures = dashboard.with_context(allowed_company_ids=other.ids).get_figures(
            "week", self.workcenter.id
        )
        self.assertFalse(figures["workcenter_id"])

    def test_roles(self):
        for groups, allowed in (
            ("mrp_operator.mrp_operator_group_supervisor", True),
            ("mrp_run_cost.mrp_run_cost_group_viewer", True),
            ("job_work_order.job_work_order_group_reader", False),
            ("stock.group_stock_user", False),
        ):
            user = self._make_user(f"dashboard-{groups[-9:]}", groups)
            dashboard = self.env["job.dashboard"].with_user(user)
            with self.subTest(groups=groups):
                if allowed:
                    self.assertEqual(len(dashboard.get_figures()["tiles"]), 8)
                else:
                    with self.assertRaises(AccessError):
                        dashboard.get_figures()
