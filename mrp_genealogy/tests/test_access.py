from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import GenealogyCommon


@tagged("at_install", "-post_install")
class TestAccess(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_milk = cls._make_product("Own Milk", company_id=cls.company.id)
        cls.m1 = cls._make_lot("M1", 100, cls.own_milk)
        cls.c1 = cls._make_lot("C1", product=cls.cheese)
        cls.order = cls._run(cls.cheese, 10, [(cls.own_milk, cls.m1, 60)], cls.c1)
        cls.other = cls.env["res.company"].create({"name": "Other Creamery"})
        cls.stranger = cls._make_user(
            "test_genealogy_stranger",
            "stock_lot_hold.stock_lot_hold_group_release",
            cls.other,
        )

    def _as_stranger(self, records):
        context = {"allowed_company_ids": self.other.ids}
        return records.with_env(self.env(user=self.stranger, context=context))

    def test_a_worker_sees_the_genealogy(self):
        tree = self.c1.with_user(self.worker).get_genealogy()
        self.assertEqual(len(tree["backward"]), 1)

    def test_a_planner_completes_without_more_rights(self):
        planner = self._make_user("test_genealogy_planner", "mrp.group_mrp_user")
        lot = self._make_lot("C2", product=self.cheese)
        order = self._make_order(
            self.cheese, 1, self._make_bom(self.cheese, [(self.own_milk, 1)])
        ).with_user(planner)
        order.lot_producing_ids = lot
        order.qty_producing = 1
        order._set_qty_producing()
        self._complete(order)
        self.assertEqual(self._get_edges(production_id=order.sudo()), {("M1", "C2"): 1})

    def test_nobody_without_stock_rights(self):
        user = self._make_user("test_genealogy_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.c1.with_user(user).get_genealogy()

    def test_lots_of_another_company_are_not_read(self):
        with self.assertRaises(AccessError):
            self._as_stranger(self.m1).get_genealogy()

    def test_a_shared_lot_shows_only_ones_own_part(self):
        """The cheese has no company; who made it of what is the maker's to know."""
        self.assertFalse(self.c1.company_id)
        tree = self._as_stranger(self.c1).get_genealogy()
        self.assertEqual((tree["backward"], tree["forward"]), ([], []))
        facts = tree["lots"][self.c1.id]
        self.assertEqual((facts["receipt"], facts["stock"]), ([], []))

    def test_companies_of_the_context_are_checked(self):
        lots = self.c1.with_user(self.stranger).with_context(
            allowed_company_ids=[self.company.id]
        )
        with self.assertRaises(AccessError):
            lots.get_genealogy()

    def test_edges_are_nobodys_to_write(self):
        edge = self.env["mrp.genealogy.edge"].search(
            [("production_id", "=", self.order.id)]
        )
        for user in (self.worker, self.releaser):
            mine = edge.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"quantity": 1})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"company_id": self.company.id})

    def test_a_forged_context_does_not_skip_the_edges(self):
        order = self.order.with_context(
            mrp_genealogy_posting=True, mrp_genealogy_recording=True
        )
        order.move_raw_ids.move_line_ids.quantity = 50
        self.assertEqual(self._get_edges(production_id=self.order), {("M1", "C1"): 50})

    def _make_recall(self, **values):
        return self.env["mrp.recall"].create(
            {"title": "Test", "lot_ids": self.m1.ids, **values}
        )

    def test_workers_read_recalls_and_start_none(self):
        recall = self._make_recall()
        mine = recall.with_user(self.worker)
        self.assertEqual(mine.title, "Test")
        for call in (mine.action_compute, mine.action_cancel, mine.unlink):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            mine.create({"title": "Mine"})
        recall.action_compute()
        for call in (mine.action_hold, mine.action_done, mine.action_draft):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            mine.line_ids.write({"delivered_quantity": 0})

    def test_a_releaser_does_all_of_it(self):
        recall = (
            self.env["mrp.recall"]
            .with_user(self.releaser)
            .create({"title": "Mine", "lot_ids": self.m1.ids})
        )
        recall.action_compute()
        recall.action_hold()
        recall.action_done()
        self.assertEqual(self.c1.hold_state, "hold")
        with self.assertRaises(AccessError):
            recall.line_ids.write({"delivered_quantity": 0})
        with self.assertRaises(UserError):
            recall.action_compute()

    def test_the_state_is_not_given(self):
        recall = (
            self.env["mrp.recall"]
            .with_context(default_state="done")
            .create({"title": "X"})
        )
        self.assertEqual(recall.state, "draft")

    def test_another_companys_recall(self):
        recall = self._make_recall()
        recall.action_compute()
        theirs = self._as_stranger(recall)
        for call in (theirs.action_compute, theirs.action_hold, theirs.action_done):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(theirs.search([("id", "=", recall.id)]))
        self.assertFalse(
            theirs.env["mrp.recall.line"].search([("recall_id", "=", recall.id)])
        )

    def test_a_recall_finds_only_its_company(self):
        recall = self._as_stranger(self.env["mrp.recall"]).create(
            {"title": "Theirs", "product_id": self.cheese.id}
        )
        recall.action_compute()
        line = recall.line_ids
        self.assertEqual(line.lot_id, self.c1.with_env(recall.env))
        self.assertEqual((line.received_quantity, line.on_hand_quantity), (0, 0))


@tagged("post_install", "-at_install")
class TestDownload(GenealogyCommon, HttpCase):
    def test_who_gets_the_spreadsheet(self):
        lot = self._make_lot("M1", 10)
        recall = self.env["mrp.recall"].create({"title": "X", "lot_ids": lot.ids})
        recall.action_compute()
        url = f"/mrp_genealogy/recall/{recall.id}.xlsx"
        self.assertIn("/web/login", self.url_open(url).url)
        self.authenticate("test_hold_releaser", "test_hold_releaser")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content[:2], b"PK")
        self._make_user("test_nobody", "base.group_user")
        self.authenticate("test_nobody", "test_nobody")
        self.assertNotEqual(self.url_open(url).status_code, 200)
        self.assertEqual(
            self.url_open("/mrp_genealogy/recall/999999999.xlsx").status_code, 404
        )
