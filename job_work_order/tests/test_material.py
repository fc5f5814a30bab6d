from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase

from ..tools import Demand, Supply, match_supply
from .common import JobCommon

START = datetime(2025, 3, 3, 8)


class TestMatchSupply(BaseCase):
    @settings(max_examples=200, deadline=None, derandomize=True, database=None)
    @given(
        st.integers(0, 50),
        st.lists(st.tuples(st.integers(1, 20), st.integers(1, 9)), max_size=6),
        st.lists(st.integers(1, 20), max_size=8),
    )
    def test_nothing_twice(self, on_hand, supplies, demands):
        """No unit is promised twice, none is kept back from who is short."""
        answers = match_supply(
            on_hand,
            [Supply(q, START + timedelta(days=d)) for q, d in supplies],
            [Demand(key, q, (key,)) for key, q in enumerate(demands)],
            0.01,
        )
        there = on_hand + sum(quantity for quantity, _day in supplies)
        missing = sum(answer[2] for answer in answers.values())
        self.assertAlmostEqual(missing, max(sum(demands) - there, 0))
        # the most urgent is served first
        states = [answers[key][0] for key in range(len(demands))]
        order = ["available", "expected", "short"]
        ranks = [order.index(state) for state in states]
        self.assertEqual(ranks, sorted(ranks))


class TestMaterial(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rennet = cls._make_product("Rennet", price=1)
        cls.bom.bom_line_ids = [(0, 0, {"product_id": cls.rennet.id, "product_qty": 1})]
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )

    def _get_state(self, job):
        self.env.invalidate_all()
        return job.material_state

    def _expect(self, quantity, date):
        move = self.env["stock.move"].create(
            {
                "product_id": self.rennet.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "date": date,
            }
        )
        move._action_confirm()
        return move

    def test_states(self):
        job = self._make_planned(date_start=START)
        self.assertEqual(self._get_state(job), "short")
        date = START + timedelta(days=2)
        self._expect(10, date)
        self.assertEqual(self._get_state(job), "expected")
        self.assertEqual(job.material_date, date)
        run = job.production_ids
        self.assertEqual(
            (run.job_material_state, run.job_material_date), ("expected", date)
        )
        self._receive(self.rennet, 10, 1)
        run.do_unreserve()
        self.assertEqual(self._get_state(job), "available")
        run.action_assign()
        self.assertEqual(self._get_state(job), "committed")
        self._complete(run)
        self.assertFalse(self._get_state(job))

    def test_urgent_first(self):
        """Free stock is promised to the urgent job only."""
        normal = self._make_planned(date_start=START)
        urgent = self._make_planned(date_start=START + timedelta(days=1), priority="2")
        self._receive(self.rennet, 10, 1)
        (normal | urgent).production_ids.do_unreserve()
        self.assertEqual(self._get_state(urgent), "available")
        self.assertEqual(self._get_state(normal), "short")

    def test_reserve_by_priority(self):
        """The urgent job takes what the other holds, unless that has begun."""
        self._receive(self.rennet, 10, 1)
        normal = self._make_planned(date_start=START)
        self.assertEqual(self._get_state(normal), "committed")
        urgent = self._make_planned(date_start=START, priority="2")
        urgent.action_reserve()
        self.assertEqual(self._get_state(urgent), "committed")
        self.assertEqual(self._get_state(normal), "short")

    def test_begun_keeps(self):
        self._receive(self.rennet, 10, 1)
        normal = self._make_planned(date_start=START)
        normal.production_ids.workorder_ids.button_start()
        urgent = self._make_planned(date_start=START, priority="2")
        urgent.action_reserve()
        self.assertEqual(self._get_state(urgent), "short")

    def test_subassembly(self):
        """What is made for the run is on its way, and for nobody else."""
        self._make_bom(self.rennet, [(self.milk, 1)])
        job = self._make_planned(
            self._prepare_line(make_subassemblies=True), date_start=START
        )
        other = self._make_planned(date_start=START)
        self.assertEqual(self._get_state(job), "expected")
        self.assertEqual(self._get_state(other), "short")

    def test_replenish(self):
        """Core's procurement makes what is short, once."""
        self._make_bom(self.rennet, [(self.milk, 1)])
        job = self._make_planned(date_start=START)
        self.assertEqual(self._get_state(job), "short")
        job.action_replenish()
        child = job.production_ids.filtered("job_is_child")
        self.assertEqual((child.product_id, child.product_qty), (self.rennet, 10))
        self.assertEqual(self._get_state(job), "expected")
        with self.assertRaisesRegex(UserError, "asked for already"):
            job.action_replenish()

    def test_replenish_without_route(self):
        """A product nobody makes or buys: Odoo says so, nothing is left behind."""
        job = self._make_planned(date_start=START)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            job.action_replenish()
        self.assertFalse(job.production_ids.move_raw_ids.filtered("job_requested"))

    def test_replenish_at_approval(self):
        """Where the type or the company says so, nobody presses a button."""
        self._make_bom(self.rennet, [(self.milk, 1)])
        for by_type, by_company, asked in (
            ("company", False, False),
            ("manual", True, False),
            ("automatic", False, True),
            ("company", True, True),
        ):
            with self.subTest(type=by_type, company=by_company):
                self.production.replenishment = by_type
                self.company.job_auto_replenish = by_company
                job = self._make_job(date_start=START)
                job.action_submit()
                child = job.production_ids.filtered("job_is_child")
                self.assertEqual(child.mapped("product_qty"), [10] if asked else [])
                self.assertEqual(job.has_unplanned, not asked)

    def test_replenish_when_the_boss_approves(self):
        """Who approves need neither plan nor buy."""
        self._make_bom(self.rennet, [(self.milk, 1)])
        self._make_rule()
        self.company.job_auto_replenish = True
        job = self._make_job(date_start=START)
        job.action_submit()
        self.assertFalse(job.production_ids)
        job.with_user(self.boss).action_approve()
        child = job.production_ids.filtered("job_is_child")
        self.assertEqual(child.product_qty, 10)
        # approved again, it is not asked for again
        job.sudo()._back_to_draft()
        job.action_submit()
        job.with_user(self.boss).action_approve()
        self.assertEqual(job.production_ids.filtered("job_is_child"), child)

    def test_approval_without_route(self):
        """What cannot be bought does not undo the approval; somebody is told."""
        self.company.job_auto_replenish = True
        job = self._make_job(date_start=START)
        job.action_submit()
        self.assertEqual(job.phase, "approved")
        self.assertTrue(job.has_unplanned)
        self.assertIn("Rennet", job.activity_ids.note)
        self.assertEqual(job.activity_ids.user_id, self.planner)

    def test_held_lot(self):
        """Goods that may not be used are not available."""
        self.rennet.tracking = "lot"
        lot = self.env["stock.lot"].create(
            {"name": "R1", "product_id": self.rennet.id, "company_id": self.company.id}
        )
        self._receive(self.rennet, 10, 1, lot)
        job = self._make_planned(date_start=START)
        job.production_ids.do_unreserve()
        self.assertEqual(self._get_state(job), "available")
        lot.sudo().decide("hold", "Smells")
        self.assertEqual(self._get_state(job), "short")
