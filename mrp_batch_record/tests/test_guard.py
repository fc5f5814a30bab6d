from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import DECIDING
from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestGuard(BatchCommon):
    """What people may change after an order is done, and what the record says then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order)
        cls.mine = cls.order.with_user(cls.planner)

    def _get_changes(self):
        return [
            entry["payload"]
            for entry in self.record._get_entries()
            if entry["kind"] == "change"
        ]

    def _get_change(self):
        changes = self._get_changes()
        self.assertEqual(len(changes), 1, changes)
        return changes[0]

    def test_what_stays(self):
        for vals in (
            {"name": "Another"},
            {"state": "progress"},
            {"state": "draft"},
            {"bom_id": False},
            {"origin": "S0001"},
            {"product_uom_id": self.kg.id},
        ):
            with self.assertRaisesRegex(UserError, self.record.name):
                self.mine.write(vals)
            with self.assertRaisesRegex(UserError, self.record.name):
                self.order.sudo().write(vals)
            with self.assertRaisesRegex(UserError, self.record.name):
                self.mine.web_save(vals, {"state": {}})
        # what changes nothing is no change
        self.mine.write({"state": "done", "origin": self.order.origin})
        self.assertFalse(self._get_changes())

    def test_quantity_made(self):
        self.mine.action_toggle_is_locked()
        self.mine.qty_producing = 3
        change = self._get_changes()
        fields = {line["name"]: line for each in change for line in each["lines"]}
        self.assertEqual(
            (fields["quantity"]["old"], fields["quantity"]["new"]), ("4", "3")
        )
        names = self.env["mrp.batch.person"].sudo()._get_names([self.record.key])
        self.assertEqual(names[change[0]["by"]["person"]], self.planner.name)
        self.assertEqual(self.record.change_count, len(change))
        self.assertIn("changed after execution", self.record.paper)

    def test_quantity_used(self):
        line = self.mine.move_raw_ids.move_line_ids[0]
        line.quantity = 39
        change = self._get_change()["lines"][0]
        self.assertEqual((change["old"], change["new"]), ("40", "39"))

    def test_lot_used(self):
        other = self._make_lot("M-2", 100)
        self.mine.move_raw_ids.move_line_ids.filtered("lot_id").lot_id = other
        change = self._get_changes()[0]["lines"][0]
        self.assertEqual((change["old"], change["new"]), ("M-1", "M-2"))

    def test_more_used(self):
        move = self.mine.move_raw_ids[1]
        self.env["stock.move.line"].with_user(self.planner).create(
            {
                "move_id": move.id,
                "product_id": move.product_id.id,
                "quantity": 1,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
                "state": "done",
            }
        )
        self.assertEqual(self._get_changes()[0]["what"], "added")

    def test_times(self):
        workorder = self.mine.workorder_ids[0]
        workorder.write({"date_start": "2026-01-01 06:00:00"})
        change = self._get_changes()[0]
        self.assertEqual(change["lines"][0]["new"], "2026-01-01T06:00:00Z")

    def test_deleted_times(self):
        log = self.mine.workorder_ids[0].time_ids[:1]
        minutes = self.record._prepare_log(log)["minutes"]
        log.unlink()
        change = [each for each in self._get_changes() if each["what"] == "deleted"][0]
        self.assertEqual(change["log"]["minutes"], minutes)

    def test_deleted_times_of_an_open_run(self):
        order = self._confirm().with_user(self.planner)
        workorder = order.workorder_ids[0]
        workorder.button_start()
        log = workorder.time_ids
        self.assertTrue(log)
        log.unlink()
        payload = self._get_payload(self._get_record(order), "change")
        self.assertEqual(payload["what"], "deleted")

    def test_renamed_lot(self):
        self.order.lot_producing_ids.name = "NEW"
        change = self._get_change()
        self.assertEqual(change["lines"][0]["new"], "NEW")

    def test_the_seal_is_nobodys_to_write(self):
        self._link()
        entry = self.env["mrp.batch.seal"].search(
            [("record_key", "=", self.record.key)], limit=1
        )
        forged = {
            "mrp_batch_record_deciding": True,
            "mrp_batch_record_completing": {"key": "mrp_batch_record_completing"},
        }
        for user in (
            self.planner,
            self.quality,
            self.env.user,
            self.env.ref("base.user_root"),
        ):
            models = [entry]
            if user == self.env.ref("base.user_root"):
                models += [
                    self.env[name].search([], limit=1)
                    for name in ("mrp.batch.link", "mrp.batch.person")
                ]
            for record in models:
                record = record.with_user(user).with_context(**forged)
                with self.assertRaises(UserError):
                    record.write({"company_id": False})
                with self.assertRaises(UserError):
                    record.unlink()
                with self.assertRaises(UserError):
                    record.create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            self.env["mrp.batch.person"].with_user(self.quality).search([]).read()

    def test_the_record_is_nobodys_to_write(self):
        for user in (self.planner, self.quality, self.env.ref("base.user_root")):
            record = self.record.with_user(user).with_context(
                mrp_batch_record_deciding=True
            )
            for vals in ({"state": "released"}, {"name": "X"}, {"entry_count": 1}):
                with self.assertRaises(UserError):
                    record.write(vals)
        # messages are no part of it
        self.record.with_user(self.quality).message_post(body="Looks fine")

    def test_core_flows_go_on(self):
        """Unlocking, unbuilding and returning are not refused."""
        self.mine.action_toggle_is_locked()
        self.mine.message_post(body="Note")
        self.mine.write({"user_id": self.planner.id})
        self.assertFalse(self._get_changes())

    def test_an_order_of_a_company_without_records(self):
        self.company.mrp_batch_record = False
        order = self._make().with_user(self.planner)
        order.write({"name": "Another", "origin": "X"})
        order.workorder_ids.time_ids.unlink()
        self.assertFalse(order.sudo().batch_record_ids)

    def test_server_mark(self):
        self.assertTrue(DECIDING.is_on(DECIDING.put_on(self.record).env))
        self.assertFalse(
            DECIDING.is_on(self.record.with_context(**{DECIDING.key: True}).env)
        )
