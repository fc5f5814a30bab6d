import json
import os
import unittest
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import no_retry, tagged

from .browser_case import BrowserCase
from .test_sign import SignCommon
from .test_supervisor import SupervisorCommon

AXE = Path(os.environ.get("AXE_CORE", "/nowhere"))
SERIOUS = ("serious", "critical")
SUPERVISOR = (
    "supervisor",
    "helping",
    "deciding",
    "unblocking",
    "explaining",
    "lateness",
    "crew",
    "queue",
)


@unittest.skipUnless(AXE.exists(), "axe-core is not installed: AXE_CORE names its file")
@tagged("post_install", "-at_install", "browser")
class TestAccessibility(SignCommon, SupervisorCommon, BrowserCase):
    """axe finds nothing serious on any screen, light or dark."""

    def _open_browser(self):
        self._start_browser("floor-dora")
        self._open()
        self._evaluate(AXE.read_text() + ";0")

    def _prepare_floor(self):
        """Something to see on every screen."""
        now = fields.Datetime.now()
        self.order._set_baseline(now - timedelta(hours=9), now - timedelta(hours=5))
        requirement = self._require_saw()
        requirement.workcenter_id = self.press
        self._tap("ask_override", self.token, self.form)
        self._tap("help", self.token, payload={"topic": "machine", "note": "Smoke"})
        self._tap("start", self.token, minutes=60)
        self._tap("pause", self.token, minutes=30)
        self._tap("start", self.token, minutes=5)
        self._tap("start", self.dora_token, user=self.dora_user, minutes=5)
        self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.press.id,
                "company_id": self.company.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "mrp_reason_id": self.stop_reason.id,
            }
        ).button_block()

    def _declare_container(self):
        self.company.shop_floor_containers = True
        payload = {"what": "good", "quantity": 2}
        result = self._tap("declare", self.token, self.coat, payload)
        self._tap("note", self.token, self.coat, {"text": "Coat is thin"})
        return self.env["stock.move.line"].browse(result["result"]["line_id"])

    def _judge(self, screen, scheme):
        found = self._evaluate(
            """(async () => {
                const { violations } = await axe.run(document, {
                    resultTypes: ["violations"],
                });
                return JSON.stringify(violations.map((one) => ({
                    id: one.id,
                    impact: one.impact,
                    nodes: one.nodes.map((n) => n.html.slice(0, 200) + " " +
                        (n.any[0] || n.all[0] || n.none[0] || {}).message),
                })));
            })()"""
        )
        return [
            f"{screen} ({scheme}): {each['id']} {node}"
            for each in json.loads(found)
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]

    def _show(self, screen, **params):
        self._evaluate(
            f"odoo.__WOWL_DEBUG__.root.floor.go('{screen}', {json.dumps(params)}), 0"
        )
        self._wait(f"odoo.__WOWL_DEBUG__.root.floor.screen === '{screen}'")
        self._wait("document.querySelector('.o_sf_stack')")
        self._wait("!document.body.innerText.includes('Loading…')")

    @no_retry
    def test_no_serious_findings(self):
        self._prepare_floor()
        # before the page is open: its requests use the test's cursor, too
        line = self._declare_container()
        self._open_browser()
        run = {"id": self.cut.id}
        screens = [
            ("my_work", {}),
            ("run", run),
            ("run", {"id": self.form.id}),
            ("declare", run | {"what": "good"}),
            ("declare", run | {"what": "scrap"}),
            ("declare", run | {"what": "finish"}),
            ("reason", run | {"kind": "pause"}),
            ("reason", run | {"kind": "late"}),
            ("materials", run),
            ("instructions", run),
            ("hand_over", run),
            ("help", run),
            ("sign", run),
            ("to_sign", {}),
            ("declare", {"id": self.coat.id, "what": "finish"}),
            ("containers", {"id": self.coat.id}),
            ("label", {"id": self.coat.id, "line_id": line.id}),
            ("note", {"id": self.coat.id}),
            ("outbox", {}),
            ("sign_in", {}),
            *((name, {}) for name in SUPERVISOR),
            ("assigning", {"row": self.cut.id, "back": "queue"}),
        ]
        self._evaluate(f"odoo.__WOWL_DEBUG__.root.floor.openRun({self.cut.id})")
        self._evaluate(f"odoo.__WOWL_DEBUG__.root.floor.openRun({self.form.id})")
        self._evaluate(f"odoo.__WOWL_DEBUG__.root.floor.openRun({self.coat.id})")
        problems = []
        for scheme in ("light", "dark"):
            self.browser._websocket_request(
                "Emulation.setEmulatedMedia",
                params={
                    "features": [{"name": "prefers-color-scheme", "value": scheme}]
                },
            )
            for screen, params in screens:
                self._show(screen, **params)
                problems += self._judge(screen, scheme)
        self.assertFalse(problems, "\n".join(problems))
