from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

from .common import MultiOutputCommon


class MultiOutputHttpCase(MultiOutputCommon, HttpCase):
    def _make_tour_order(self):
        self.env.user.group_ids |= self.env.ref("stock.group_production_lot")
        cheese = self._make_product("Cheese")
        cream = self._make_product("Cream")
        bom = self._make_recipe(
            cheese,
            [
                {
                    "product_id": cream.id,
                    "output_type": "co_product",
                    "product_qty": 4,
                }
            ],
            joint_cost_method="equivalence",
        )
        admin = self.env.ref("base.user_admin")
        admin.company_ids |= self.company
        admin.company_id = self.company
        admin.group_ids |= self.env.user.group_ids
        return self._make_order(bom)

    def _start(self, tour, order):
        self.start_tour(
            f"/odoo/action-mrp.mrp_production_action/{order.id}", tour, login="admin"
        )


@tagged("post_install", "-at_install", "browser")
class TestDesktop(MultiOutputHttpCase):
    def test_complete_an_order(self):
        order = self._make_tour_order()
        self._start("mrp_multi_output_complete", order)
        self.assertEqual(order.state, "done")
        self.assertBalanced(order)


@tagged("post_install", "-at_install", "browser")
class TestPhone(MultiOutputHttpCase):
    browser_size = "360x740"
    touch_enabled = True

    def test_look_at_an_order(self):
        self._start("mrp_multi_output_phone", self._make_tour_order())


@tagged("post_install", "-at_install", "browser")
class TestJs(HOOTCommon):
    @no_retry
    def test_hoot(self):
        self._test_params = [("+", "@mrp_multi_output")]
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
