from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

from .common import BoardCommon

BOARD = "/odoo/action-mrp_live_board.mrp_live_board_action"
WALL = "/odoo/action-mrp_live_board.mrp_live_board_action_wall"

# another program writes; then the row is watched
CHANGE = """
(async () => {
const row = () => [...document.querySelectorAll(".o_data_row")].find(
    (each) => each.textContent.includes("TOUR-LATE"));
const wait = (check) => new Promise((resolve) => {
    const timer = setInterval(() => {
        if (check()) { clearInterval(timer); resolve(); }
    }, 20);
});
await wait(() => row() && document.querySelector("[data-mode=live]"));
await new Promise((resolve) => setTimeout(resolve, 500));
const began = performance.now();
const answer = await fetch("/json/2/mrp.production/write", {
    method: "POST",
    headers: {
        "Content-Type": "application/json",
        "Authorization": "Bearer %(key)s",
    },
    body: JSON.stringify({ ids: [%(id)s], vals: { name: "TOUR-LATE-2" } }),
});
if (!answer.ok) { throw new Error(await answer.text()); }
const told = performance.now();
await wait(() => row().textContent.includes("TOUR-LATE-2"));
const shown = performance.now();
if (shown - told > 1000) {
    throw new Error(`shown after ${shown - told} ms`);
}
console.log(`shown ${Math.round(shown - told)} ms after the answer, ` +
    `${Math.round(shown - began)} ms after the tap`);
console.log("test successful");
})().catch((error) => console.error(error.message));
"""


class BoardHttpCase(BoardCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.company_ids = [Command.set(cls.company.ids)]
        admin.group_ids |= cls.env.user.group_ids
        now = fields.Datetime.now()
        cls.late, cls.blocked = (
            cls._plan([10, 10], start=now - timedelta(hours=2)) for _number in range(2)
        )
        cls.late.name, cls.blocked.name = "TOUR-LATE", "TOUR-BLOCKED"
        cls.late.date_deadline = now - timedelta(days=3)
        cls.blocked.date_deadline = now + timedelta(days=30)
        cls.blocked.workorder_ids[0].button_finish()
        cls.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": cls.press.id,
                "loss_id": cls.env.ref("mrp.block_reason1").id,
                "company_id": cls.company.id,
            }
        )
        cls._lay_out()
        cls.env.flush_all()
        cls.admin = admin


@tagged("post_install", "-at_install", "browser")
class TestDesktop(BoardHttpCase):
    def test_desk(self):
        self.start_tour(BOARD, "mrp_live_board_desk", login="admin")

    def test_change_over_json2(self):
        """What another program changes appears by itself, within a second."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.admin)
            ._generate("rpc", "Terminal", fields.Datetime.now() + timedelta(days=1))
        )
        self.env.flush_all()
        self.browser_js(
            BOARD,
            CHANGE % {"key": key, "id": self.late.id},
            login="admin",
        )


@tagged("post_install", "-at_install", "browser")
class TestWall(BoardHttpCase):
    browser_size = "1920x1080"

    def test_wall(self):
        self.start_tour(WALL, "mrp_live_board_wall", login="admin")


@tagged("post_install", "-at_install", "browser")
class TestPhone(BoardHttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_cards(self):
        self.start_tour(BOARD, "mrp_live_board_phone", login="admin")


@tagged("post_install", "-at_install", "browser")
class TestNarrowPhone(BoardHttpCase):
    browser_size = "360x740"
    touch_enabled = True

    def test_cards(self):
        self.start_tour(BOARD, "mrp_live_board_phone", login="admin")


@tagged("post_install", "-at_install", "browser")
class TestJs(HOOTCommon):
    @no_retry
    def test_hoot(self):
        self._test_params = [("+", "@mrp_live_board")]
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
