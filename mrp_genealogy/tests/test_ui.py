from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

from .common import GenealogyCommon


class GenealogyHttpCase(GenealogyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.group_ids |= cls.env.ref("stock.group_production_lot") | cls.env.ref(
            "stock_lot_hold.stock_lot_hold_group_release"
        )
        cls.slice = cls._make_product("Slices")
        cls.m1 = cls._make_lot("M1")
        cls.m1.supplier_lot = "FARM-0815"
        cls._receive(cls.m1, 100)
        cls.c1 = cls._make_lot("C1", product=cls.cheese)
        cls.s1 = cls._make_lot("S1", product=cls.slice)
        cls._run(cls.cheese, 10, [(cls.milk, cls.m1, 60)], cls.c1)
        cls._run(cls.slice, 20, [(cls.cheese, cls.c1, 4)], cls.s1)
        cls._deliver(cls.s1, 15)

    def _trace(self):
        self.start_tour(
            f"/odoo/action-stock.action_production_lot_form/{self.c1.id}",
            "mrp_genealogy_trace",
            login="admin",
        )

    def _recall(self):
        self.start_tour(
            "/odoo/action-mrp_genealogy.mrp_recall_action/new",
            "mrp_genealogy_recall",
            login="admin",
        )
        recall = self.env["mrp.recall"].search([("title", "=", "Listeria")])
        self.assertEqual(recall.state, "computed")
        self.assertEqual(recall.line_ids.lot_id, self.m1 | self.c1 | self.s1)
        self.assertEqual(self.c1.hold_state, "hold")


@tagged("post_install", "-at_install", "browser")
class TestDesktop(GenealogyHttpCase):
    def test_trace(self):
        self._trace()

    def test_recall(self):
        self._recall()


@tagged("post_install", "-at_install", "browser")
class TestPhone(GenealogyHttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_trace(self):
        self._trace()

    def test_recall(self):
        self._recall()


@tagged("post_install", "-at_install", "browser")
class TestJs(HOOTCommon):
    @no_retry
    def test_hoot(self):
        self._test_params = [("+", "@mrp_genealogy")]
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"{self.get_hoot_filters()}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
