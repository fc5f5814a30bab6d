from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LotHoldCommon


@tagged("at_install", "-post_install")
class TestAccess(LotHoldCommon):
    """The server decides, whichever door somebody tries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._make_lot("M1", 100)
        cls.lot.decide("hold", "Smell")

    def _forge(self):
        """What a caller may send as context over RPC."""
        return {
            "stock_lot_hold_deciding": True,
            "stock_lot_hold_moving_held": {"key": "stock_lot_hold_moving_held"},
            "default_hold_state": "released",
        }

    def test_the_state_is_not_written(self):
        for user in (self.worker, self.releaser, self.env.user):
            lot = self.lot.with_user(user).with_context(**self._forge())
            with self.assertRaises(UserError):
                lot.write({"hold_state": "released"})
            with self.assertRaises(UserError):
                lot.web_save({"hold_state": "released"}, {"hold_state": {}})
            with self.assertRaises(UserError):
                lot.create(
                    {
                        "name": "X",
                        "product_id": self.milk.id,
                        "hold_state": "rejected",
                    }
                )

    def test_nor_imported(self):
        data = [["M9", "Milk", "Rejected"]]
        fields = ["name", "product_id", "hold_state"]
        result = self.env["stock.lot"].with_user(self.releaser).load(fields, data)
        self.assertFalse(result["ids"])
        self.assertIn("decided with a reason", str(result["messages"]))

    def test_nor_given_as_default(self):
        lots = self.env["stock.lot"].with_context(default_hold_state="hold")
        self.assertEqual(
            lots.create({"name": "X", "product_id": self.milk.id}).hold_state,
            "released",
        )

    def test_a_copy_starts_anew(self):
        self.assertEqual(self.lot.copy().hold_state, "released")
        self.assertFalse(self.lot.copy({"name": "C2"}).hold_log_ids)

    def test_a_forged_context_reserves_nothing(self):
        move = self._make_move(self.customers).with_context(**self._forge())
        self.assertFalse(self._assign(move))

    def test_decisions_are_nobodys_to_write(self):
        log = self.lot.hold_log_ids
        for user in (self.worker, self.releaser):
            mine = log.with_user(user).with_context(**self._forge())
            self.assertEqual(mine.reason, "Smell")
            with self.assertRaises(UserError):
                mine.write({"reason": "Nothing"})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(UserError):
                mine.create({"lot_id": self.lot.id})
        with self.assertRaises(UserError):
            log.sudo().write({"reason": "Nothing"})
        with self.assertRaises(UserError):
            log.sudo().unlink()
        with self.assertRaises(UserError):
            log.sudo().copy()

    def test_nor_through_the_lot(self):
        with self.assertRaises(UserError):
            self.lot.with_user(self.releaser).write(
                {"hold_log_ids": [(1, self.lot.hold_log_ids.id, {"reason": "No"})]}
            )

    def test_a_lot_with_decisions_is_not_deleted(self):
        lot = self._make_lot("EMPTY")
        lot.decide("hold", "Label wrong")
        with self.assertRaisesRegex(UserError, "EMPTY"):
            lot.with_user(self.releaser).unlink()
        self.assertTrue(self._make_lot("NEVER DECIDED").unlink())

    def test_other_companies(self):
        other = self.env["res.company"].create({"name": "Other Creamery"})
        stranger = self._make_user(
            "test_hold_stranger", "stock_lot_hold.stock_lot_hold_group_release", other
        )
        product = self._make_product("Own Milk", company_id=self.company.id)
        lot = self._make_lot("OWN", 10, product)
        lot.decide("hold", "Smell")
        self.assertEqual(lot.company_id, self.company)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        with self.assertRaises(AccessError):
            lot.with_env(env).decide("released", "Mine")
        with self.assertRaises(AccessError):
            lot.hold_log_ids.with_env(env).read(["reason"])
        self.assertFalse(env["stock.lot.hold.log"].search([("lot_id", "=", lot.id)]))

    def test_a_lot_of_all_companies_stops_everywhere(self):
        other = self.env["res.company"].create({"name": "Other Creamery"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        shared = self._make_lot("SHARED")
        self.assertFalse(shared.company_id)
        self._stock_up(self.milk, 10, shared, warehouse.lot_stock_id)
        move = self.env["stock.move"].create(
            {
                "product_id": self.milk.id,
                "product_uom_qty": 4,
                "product_uom": self.milk.uom_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.customers.id,
                "company_id": other.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.assertEqual(move.move_line_ids.lot_id, shared)
        shared.with_user(self.worker).decide("hold", "Smell")
        self.assertFalse(move.move_line_ids)
        self.assertEqual(shared.quant_ids.reserved_quantity, 0)

    def test_people_without_stock_rights(self):
        user = self._make_user("test_hold_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.lot.with_user(user).decide("released", "Please")
        with self.assertRaises(AccessError):
            self.lot.hold_log_ids.with_user(user).read(["reason"])
