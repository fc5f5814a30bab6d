from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import ReasonCommon


class TestReason(ReasonCommon):
    def _check(self, reason, note="", workcenter=None, product=None):
        reason._check_usable(
            ("scrap",),
            self.company,
            workcenter or self.saw,
            product or self.cheese,
            note,
        )

    def test_scope(self):
        self._check(self.scrap_reason)
        self.scrap_reason.workcenter_ids = self.press
        with self.assertRaisesRegex(UserError, "Press"):
            self._check(self.scrap_reason)
        self._check(self.scrap_reason, workcenter=self.saw | self.press)
        child = self.env["product.category"].create(
            {"name": "Hard cheese", "parent_id": self.cheese.categ_id.id}
        )
        self.scrap_reason.workcenter_ids = False
        self.scrap_reason.product_category_ids = child
        with self.assertRaisesRegex(UserError, "Hard cheese"):
            self._check(self.scrap_reason)
        self.scrap_reason.product_category_ids = self.cheese.categ_id
        self.cheese.categ_id = child
        self._check(self.scrap_reason)

    def test_a_product_without_category(self):
        self.cheese.categ_id = False
        self._check(self.scrap_reason)
        category = self.env["product.category"].create({"name": "Hard cheese"})
        self.scrap_reason.product_category_ids = category
        with self.assertRaisesRegex(UserError, "Hard cheese"):
            self._check(self.scrap_reason)

    def test_archived_other_company_heading_category_note(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        for reason, message in (
            (self._make_reason("A", "scrap", active=False), "archived"),
            (self._make_reason("B", "scrap", company_id=other.id), "Elsewhere"),
            (self.delay_reason, "Delay"),
            (self._make_reason("C", "scrap", note_required=True), "note"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self._check(reason)
        self._make_reason("D", "scrap", parent_id=self.scrap_reason.id)
        with self.assertRaisesRegex(UserError, "heading"):
            self._check(self.scrap_reason)

    def test_a_code_is_unique_for_whoever_sees_it(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._make_reason("X", "scrap", company_id=self.company.id)
        self._make_reason("X", "scrap", company_id=other.id)
        with self.assertRaises(ValidationError):
            self._make_reason("X", "scrap", company_id=False)
        self._make_reason("Y", "scrap", company_id=False)
        with self.assertRaises(ValidationError):
            self._make_reason("Y", "scrap", company_id=other.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                "INSERT INTO mrp_reason (name, code, category, treatment, "
                "allowance_base) VALUES ('{}', 'Y', 'scrap', 'normal', 'good')"
            )

    def test_tree(self):
        child = self._make_reason("C", "scrap", parent_id=self.scrap_reason.id)
        with self.assertRaises(UserError):
            self.scrap_reason.parent_id = child
        with self.assertRaises(ValidationError):
            self._make_reason("D", "delay", parent_id=self.scrap_reason.id)

    def test_a_used_reason_is_archived_not_deleted(self):
        order = self._make_order(self.bom, 5)
        self._scrap(order, self.milk, mrp_reason_id=self.scrap_reason.id)
        with self.assertRaisesRegex(UserError, "Archive"):
            self.scrap_reason.unlink()
        self.scrap_reason.active = False
        self.rework_reason.unlink()

    def test_eight_favorites(self):
        reasons = self.env["mrp.reason"].create(
            [{"name": f"F{i}", "code": f"F{i}", "category": "scrap"} for i in range(9)]
        )
        self.saw.favorite_reason_ids = reasons[:8]
        with self.assertRaisesRegex(ValidationError, "Saw"):
            self.saw.favorite_reason_ids = [Command.link(reasons[8].id)]

    def test_a_company_may_hide_the_starter_set(self):
        starter = self.env.ref("mrp_reason_code.mrp_reason_scrap_ma_1")
        domain = [("usable", "=", True)]
        reasons = self.env["mrp.reason"]
        self.assertIn(starter, reasons.search(domain))
        self.assertNotIn(starter.parent_id, reasons.search(domain))
        self.company.mrp_starter_reasons = False
        self.assertNotIn(starter, reasons.search(domain))
        self.assertFalse(starter.usable)
        self.assertIn(self.scrap_reason, reasons.search(domain))

    def test_only_administrators_define_reasons(self):
        with self.assertRaises(AccessError):
            self.scrap_reason.with_user(self.user).treatment = "abnormal"

    def test_reasons_of_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        reason = self._make_reason("B", "scrap", company_id=other.id)
        found = self.env["mrp.reason"].with_user(self.user).search([("code", "=", "B")])
        self.assertFalse(found & reason)
