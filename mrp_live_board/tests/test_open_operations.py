from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..tools import open_operations
from .common import MONDAY, BoardCommon
from .kept import find_stale, read

CHANGES = (
    "INSERT INTO mrp_operation_pace (workcenter_id, factor, spread) "
    "VALUES (%(press)s, 2, 0.1)",
    "INSERT INTO mrp_operation_pace (workcenter_id, operation_id, product_id, factor, "
    "spread) SELECT workcenter_id, operation_id, %(product)s, 3, 0.2 "
    "FROM mrp_workorder WHERE id = %(second)s",
    "UPDATE mrp_production SET date_start = date_start + INTERVAL '1 hour' "
    "WHERE id = %(run)s",
    "UPDATE mrp_production SET priority = '1' WHERE id = %(run)s",
    "UPDATE mrp_production SET product_qty = 8, qty_producing = 2 WHERE id = %(run)s",
    "UPDATE mrp_production SET state = 'draft' WHERE id = %(run)s",
    "UPDATE mrp_production SET state = 'progress' WHERE id = %(run)s",
    "UPDATE mrp_workorder SET duration_expected = 7 WHERE production_id = %(run)s",
    "UPDATE mrp_workorder SET state = 'progress' WHERE id = %(second)s",
    "UPDATE mrp_workorder SET sequence = sequence - 50 WHERE id = %(second)s",
    "UPDATE mrp_workorder SET operation_id = NULL WHERE id = %(second)s",
    "UPDATE mrp_workorder SET duration_expected = NULL WHERE id = %(second)s",
    "UPDATE mrp_workorder SET workcenter_id = %(paint)s WHERE id = %(second)s",
    "UPDATE mrp_workorder SET production_id = %(other)s WHERE id = %(second)s",
    "UPDATE mrp_workorder SET state = 'done' WHERE id = %(first)s",
    "UPDATE mrp_workorder SET state = 'ready' WHERE id = %(first)s",
    "DELETE FROM mrp_workorder WHERE id = %(first)s",
    "UPDATE mrp_operation_pace SET factor = 1.5",
    "UPDATE mrp_operation_pace SET workcenter_id = %(saw)s WHERE operation_id IS NULL",
    "DELETE FROM mrp_operation_pace",
    "UPDATE mrp_production SET state = 'cancel' WHERE id = %(run)s",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestOpenOperations(BoardCommon):
    """Whoever changes anything, PostgreSQL writes it down at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-02 08:00:00"):
            cls._lay_out()

    def _check(self, message=None):
        self.env.flush_all()
        self.assertFalse(find_stale(self.env.cr), message)

    def test_plain_sql(self):
        run, other = self._plan([60, 30, 15]), self._plan([10, 10, 10])
        self.env.flush_all()
        first, second, _third = run.workorder_ids.ids
        ids = {
            "run": run.id,
            "other": other.id,
            "first": first,
            "second": second,
            "saw": self.saw.id,
            "press": self.press.id,
            "paint": self.paint.id,
            "product": run.product_id.id,
        }
        self.env["mrp.operation.pace"].search([]).unlink()
        self._check()
        for change in CHANGES:
            before = read(self.env.cr)
            self.env.cr.execute(change, ids)
            self.assertNotEqual(read(self.env.cr), before, change)
            self._check(change)

    def test_work(self):
        """From the draft to the end, with what is left made later."""
        order = self._plan([60, 30, 15])
        self._check("confirmed")
        self.assertEqual(
            [read(self.env.cr)[row][4] for row in order.workorder_ids.ids], [1, 2, 3]
        )
        draft = self.env["mrp.production"].create(self._prepare_order(self.bom, 1))
        self.env.flush_all()
        self.assertFalse(set(draft.workorder_ids.ids) & read(self.env.cr).keys())
        order.workorder_ids[1].button_start()
        self._check("begun")
        order.workorder_ids[1].button_finish()
        self._check("finished")
        order.workorder_ids[0].copy({"production_id": order.id})
        self._check("one more")
        order.workorder_ids[0].action_cancel()
        self._check("cancelled")
        draft.action_confirm()
        self._check("two")
        draft.date_start += timedelta(days=1)
        self._check("moved")
        draft.action_cancel()
        self._check("called off")
        self._complete(order)
        self._check("completed")
        self.assertFalse(set(order.workorder_ids.ids) & read(self.env.cr).keys())

    def test_begun_before_its_turn(self):
        """What is left of a later operation is what its clock says."""
        order = self._plan([60, 60, 60])
        order.workorder_ids[2].button_start()
        for workorder in order.workorder_ids:
            workorder.duration_expected = 60
        with freeze_time("2026-03-02 08:20:00"):
            expected = MONDAY + timedelta(hours=11)
            self.assertEqual(self._get_expected(order), expected)

    def test_short_without_operations(self):
        """A run without operations waits for its material, too."""
        rare = self._make_product("Rennet")
        bom = self._make_bom(self._make_product("Plain"), [(rare, 1)])
        order = self._make_order(bom, 1, date_start=MONDAY + timedelta(hours=8))
        order.date_finished = order.date_start + timedelta(hours=2)
        row = self._get_row(order)
        self.assertEqual(row.blocker, "material")
        self.assertFalse(row.short_until)
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        coming = MONDAY + timedelta(days=1, hours=12)
        self.env["stock.move"].create(
            {
                "product_id": rare.id,
                "product_uom_qty": 100,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "date": coming,
            }
        )._action_confirm()
        row = self._get_row(order)
        self.assertEqual(row.short_until, coming)
        self.assertEqual(row.expected_date, coming + timedelta(hours=2))

    def test_nothing_is_left(self):
        cr = self.env.cr
        open_operations.uninstall(cr)
        cr.execute(
            """
            SELECT proname FROM pg_proc WHERE proname LIKE 'mrp_board_operation%'
             UNION ALL
            SELECT tgname FROM pg_trigger WHERE tgname LIKE 'mrp_board_operation%'
             UNION ALL
            SELECT relname FROM pg_class WHERE relname LIKE 'mrp_board_operation%'
            """
        )
        self.assertFalse(cr.fetchall())
        # again, as an upgrade does
        open_operations.install(cr)
        open_operations.install(cr)
        open_operations.rebuild(cr)
        self._check()
