from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.mrp_reason_code.tools import as_server

from .test_supervisor import SupervisorCommon
from .test_ui import ShopFloorHttpCase


@tagged("post_install", "-at_install", "browser")
class TestSupervisorPhone(SupervisorCommon, ShopFloorHttpCase):
    def setUp(self):
        super().setUp()
        # short names, as on the phone
        for user in self.dora_user | self.anna_user:
            user.name = user.login

    def _run_tour(self, name, login):
        self.env.flush_all()
        self.start_tour("/shop_floor", f"mrp_shop_floor_{name}", login=login)
        self.env.invalidate_all()

    def _search_own(self, model):
        return self.env[model].search([("company_id", "=", self.company.id)])

    def test_supervisor(self):
        late = self._make_order(self.bom, 30)
        middle = self._make_order(self.bom, 20)
        now = fields.Datetime.now()
        here = (self.order | middle | late).workorder_ids.filtered(
            lambda wo: wo.workcenter_id == self.saw
        )
        for days, workorder in enumerate(here):
            workorder.date_start = now + timedelta(days=days)
        late._set_baseline(now - timedelta(hours=9), now - timedelta(hours=5))
        requirement = self._require_saw()
        form = self.form
        requirement.workcenter_id = self.press
        self._tap("ask_override", self.token, form)
        self._tap("help", self.token, payload={"topic": "machine", "note": "It smokes"})
        self._tap("start", self.token, minutes=60)
        self._tap("pause", self.token, minutes=30)
        self._tap("start", self.token, minutes=5)
        block = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.press.id,
                "company_id": self.company.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "mrp_reason_id": self.stop_reason.id,
            }
        )
        block.button_block()
        self._run_tour("supervisor", "floor-dora")
        self.assertEqual(self._search_own("mrp.shop.floor.help").state, "answered")
        self.assertEqual(self._search_own("mrp.skill.override").state, "approved")
        self.assertNotEqual(self.press.working_state, "blocked")
        pause = self.cut.delay_ids.filtered(lambda d: d.kind == "pause")
        self.assertEqual(pause.line_ids.reason_id, self.stop_reason)
        first = here.filtered(lambda wo: wo.production_id == late)
        self.assertEqual(first.shop_floor_rank, 1)
        self.assertEqual(first.operator_ids, self.cora)

    def test_ask(self):
        self._require_saw()
        self._run_tour("ask", "floor-anna")
        self.assertEqual(self._search_own("mrp.skill.override").state, "requested")
        request = self._search_own("mrp.shop.floor.help")
        self.assertEqual(request.asked_user_ids, self.dora_user)

    def test_late(self):
        now = fields.Datetime.now()
        as_server(self.cut).write(
            {
                "baseline_start": now - timedelta(hours=2),
                "baseline_end": now - timedelta(hours=1),
            }
        )
        self._run_tour("late", "floor-anna")
        late = self.cut.delay_ids.filtered(lambda d: d.kind == "late_operation")
        self.assertEqual(late.line_ids.reason_id, self.stop_reason)


@tagged("post_install", "-at_install", "browser")
class TestSupervisorNarrow(TestSupervisorPhone):
    browser_size = "360x640"

    # Odoo runs no inherited tests
    def test_supervisor(self):
        return super().test_supervisor()
