from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.stock_lot_hold.tests.common import LotHoldCommon


@tagged("at_install", "-post_install")
class TestExpired(LotHoldCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk.write({"use_expiration_date": True, "stop_expired_lots": True})
        cls.lot = cls._make_lot("M1", 100)
        cls.now = fields.Datetime.now()
        # nothing of core's own removal date gets in the way
        cls.lot.write(
            {
                "expiration_date": cls.now - timedelta(minutes=1),
                "removal_date": cls.now + timedelta(days=99),
            }
        )

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("stock_lot_hold_expiry.ir_cron_expire").method_direct_trigger()

    def test_nothing_until_configured(self):
        self.milk.stop_expired_lots = False
        self._take(self.lot, self.customers)
        self._run_cron()
        self.assertEqual(self.lot.hold_state, "released")

    def test_from_the_second_it_expires(self):
        self.assertEqual(self.lot.hold_state, "released")
        move = self._make_move(self.customers)
        self.assertFalse(self._assign(move))
        with self.assertRaisesRegex(UserError, "M1 of Milk: expired on"):
            self._take(self.lot, self.production)
        self.lot.expiration_date = self.now + timedelta(days=1)
        self._take(self.lot, self.production)

    def test_it_can_be_thrown_away(self):
        self._take(self.lot, self.cage)
        self._take(self.lot, self.suppliers)

    def test_the_state_follows(self):
        self.lot.expiration_date = self.now + timedelta(days=1)
        move = self._make_move(self.customers)
        self.assertEqual(self._assign(move), {self.lot: 10})
        self.lot.expiration_date = self.now - timedelta(days=1)
        self._run_cron()
        self.assertEqual(self.lot.hold_state, "expired")
        self.assertIn("expiration date", self.lot.hold_reason)
        self.assertFalse(move.move_line_ids)

    def test_held_lots_keep_their_reason(self):
        self.lot.decide("hold", "Smell")
        self._run_cron()
        self.assertEqual(self.lot.hold_state, "hold")

    def test_a_new_date_before_a_release(self):
        self._run_cron()
        with self.assertRaisesRegex(UserError, "new expiration date"):
            self.lot.decide("released", "Still good")
        self.lot.expiration_date = self.now + timedelta(days=5)
        with self.assertRaises(UserError):
            self._take(self.lot, self.customers)
        self.lot.decide("released", "Tested, still good")
        self._take(self.lot, self.customers)
