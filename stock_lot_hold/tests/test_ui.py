from odoo.tests import HttpCase, tagged

from .common import LotHoldCommon


class LotHoldHttpCase(LotHoldCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.group_ids |= cls.env.ref("stock.group_production_lot") | cls.env.ref(
            "stock_lot_hold.stock_lot_hold_group_release"
        )
        cls.lot = cls._make_lot("TOUR-1", 50)

    def _hold_and_release(self):
        self.start_tour(
            f"/odoo/action-stock.action_production_lot_form/{self.lot.id}",
            "stock_lot_hold_decide",
            login="admin",
        )
        self.assertEqual(self.lot.hold_state, "released")
        self.assertEqual(
            self.lot.hold_log_ids.mapped("reason"), ["Analysis 12", "Complaint 118"]
        )


@tagged("post_install", "-at_install", "browser")
class TestDesktop(LotHoldHttpCase):
    def test_hold_and_release(self):
        self._hold_and_release()


@tagged("post_install", "-at_install", "browser")
class TestPhone(LotHoldHttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_hold_and_release(self):
        self._hold_and_release()
