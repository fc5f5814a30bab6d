from datetime import datetime

from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

from .common import ReasonCommon


class ReasonHttpCase(ReasonCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.group_ids |= cls.env.user.group_ids
        cls.company.mrp_scrap_reason_required = True
        cls.company.mrp_delay_tracking = True
        cls.saw.favorite_reason_ids = cls.stop_reason | cls.scrap_reason
        cls.order = cls._make_order(cls.bom, 10, date_start=datetime(2025, 3, 3, 8))

    def _start(self, tour, path="mrp.mrp_production_action"):
        self.start_tour(f"/odoo/action-{path}/{self.order.id}", tour, login="admin")


class ReasonTours(ReasonHttpCase):
    def _check_reject(self, tour):
        self._start(tour)
        self.assertEqual(self.order._get_rejected_quantity(), 2)
        self.assertEqual(self.order.operation_quantity_ids.reason_id, self.scrap_reason)


@tagged("post_install", "-at_install", "browser")
class TestDesktop(ReasonTours):
    def test_declare(self):
        self._check_reject("mrp_reason_code_declare")

    def test_late_finish(self):
        self._start("mrp_reason_code_late")
        self.assertEqual(self.order.state, "done")
        self.assertEqual(
            self.order.delay_ids.filtered("line_ids").line_ids.reason_id,
            self.delay_reason,
        )

    def test_pareto(self):
        self._scrap(self.order, self.milk, 3, mrp_reason_id=self.scrap_reason.id)
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-mrp_reason_code.mrp_reason_report_action_scrap",
            "mrp_reason_code_pareto",
            login="admin",
        )


@tagged("post_install", "-at_install", "browser")
class TestPhone(ReasonTours):
    browser_size = "360x740"
    touch_enabled = True

    def test_declare(self):
        self._check_reject("mrp_reason_code_declare_phone")


@tagged("post_install", "-at_install", "browser")
class TestJs(HOOTCommon):
    @no_retry
    def test_hoot(self):
        self._test_params = [("+", "@mrp_reason_code")]
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
