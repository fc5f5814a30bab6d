import time

from odoo.tests import no_retry, tagged

from .browser_case import FLOOR, BrowserCase
from .cut_proxy import CutProxy

TAPS = 1000


@tagged("post_install", "-at_install", "browser")
class TestOffline(BrowserCase):
    """A browser whose network is cut: no tap is lost, none counts twice."""

    def setUp(self):
        super().setUp()
        self.proxy = CutProxy(self.http_port())
        self._start_browser("floor-anna")
        # before the browser goes
        self.addCleanup(self.proxy.stop)

    def _get_port(self):
        return self.proxy.port

    def _count_pending(self):
        return self._evaluate(f"{FLOOR}.outbox.pending.length")

    def _declare(self, times):
        """Tap, each as fast as the device stores it."""
        return self._evaluate(
            f"""(async () => {{
                let longest = 0;
                for (let i = 0; i < {times}; i++) {{
                    const start = performance.now();
                    await {FLOOR}.tap("declare", {self.cut.id},
                        {{ what: "good", quantity: 0.01 }});
                    longest = Math.max(longest, performance.now() - start);
                }}
                return longest;
            }})()""",
            timeout=120,
        )

    def _get_events(self):
        # the page must not use the test's cursor meanwhile
        self.proxy.cut()
        self._wait_remaining_requests()
        self.env.invalidate_all()
        return self.env["mrp.shop.floor.event"].search([("kind", "=", "declare")])

    def _wait_sent(self, timeout=240):
        self._evaluate(f"{FLOOR}.outbox.send(), 0")
        self._wait(f"{FLOOR}.outbox.pending.length === 0", timeout)

    def _wait_worker(self):
        self._wait("navigator.serviceWorker.controller")
        # what the page needs without network is kept once it was loaded through it
        self._open()

    @no_retry
    def test_cut_reload_restore(self):
        self._open()
        self._wait_worker()
        self.proxy.cut()
        longest = self._declare(TAPS // 2)
        self.assertEqual(self._count_pending(), TAPS // 2)
        self._wait(f"{FLOOR}.network === 'offline'")
        # reload without network: the page, the work and the taps are there
        self.browser._websocket_request("Page.reload")
        self._wait("document.querySelector('.o_sf_banner.o_sf_warning')")
        self._wait("document.querySelector('.o_sf_card')")
        self.assertEqual(self._count_pending(), TAPS // 2)
        self.assertIn("Cut", self._evaluate("document.body.innerText"))
        self._declare(TAPS - TAPS // 2)
        self.assertEqual(len(self._get_events()), 0)
        self.proxy.restore()
        self._wait_sent()
        events = self._get_events()
        self.assertEqual(len(events), TAPS)
        self.assertEqual(set(events.mapped("state")), {"done"})
        self.assertEqual(len(self.cut.operation_quantity_ids), TAPS)
        self.assertAlmostEqual(self.cut.qty_good, TAPS / 100)
        sequences = events.sorted("id").mapped("sequence")
        self.assertEqual(sequences, sorted(sequences))
        self._logger.info("longest tap to disk: %d ms", longest)

    @no_retry
    def test_lost_answers(self):
        self._open()
        self.proxy.loses_answers = True
        self._declare(30)
        self._wait(f"{FLOOR}.network === 'offline'")
        until = time.time() + 20
        while not self.proxy.lost and time.time() < until:
            time.sleep(0.1)
        self.assertTrue(self.proxy.lost)
        self.assertEqual(self._count_pending(), 30)
        self.proxy.loses_answers = False
        self._wait_sent()
        self.assertEqual(len(self._get_events()), 30)
        self.assertEqual(len(self.cut.operation_quantity_ids), 30)

    @no_retry
    def test_two_tabs(self):
        self._open()
        self.proxy.cut()
        self._declare(20)
        # a second page of the same browser, which knows only the disk
        self._evaluate(
            f"""(async () => {{
                const {{ EventStore }} = odoo.loader.modules.get(
                    "@mrp_shop_floor/outbox/event_store");
                const {{ Outbox }} = odoo.loader.modules.get(
                    "@mrp_shop_floor/outbox/outbox");
                const {{ makeLock }} = odoo.loader.modules.get(
                    "@mrp_shop_floor/outbox/lock");
                const store = new EventStore();
                window.other = new Outbox({{
                    store,
                    lock: makeLock(store),
                    onChange() {{}},
                    post: (events, now) => {FLOOR}.post(events, now),
                }});
                await window.other.load();
            }})()"""
        )
        self.proxy.restore()
        self._evaluate(f"Promise.all([window.other.send(), {FLOOR}.outbox.send()]), 0")
        self._wait_sent()
        self.assertEqual(len(self._get_events()), 20)
        self.assertEqual(len(self.cut.operation_quantity_ids), 20)

    @no_retry
    def test_signing_out_keeps_taps(self):
        self._open()
        self.proxy.cut()
        self._declare(3)
        self._evaluate(f"{FLOOR}.signOut()")
        self.assertEqual(self._count_pending(), 3)
        self.proxy.restore()
        self._wait_sent()
        self.assertEqual(len(self._get_events()), 3)

    @no_retry
    def test_session_expired(self):
        self._open()
        session = self.session
        sid = session.sid
        self.browser.delete_cookie("session_id", domain="127.0.0.1")
        self._declare(3)
        self._wait(f"{FLOOR}.network === 'expired'")
        self.assertEqual(self._count_pending(), 3)
        self._wait("document.querySelector('.o_sf_banner a[href*=login]')")
        self.browser.set_cookie("session_id", sid, "/", "127.0.0.1")
        self._wait_sent()
        self.assertEqual(len(self._get_events()), 3)

    def test_no_secret_on_the_device(self):
        self._open()
        self._evaluate(f"{FLOOR}.loadWork()")
        kept = self._evaluate(
            f"""(async () => JSON.stringify([
                await {FLOOR}.store.run("memory", "readonly", (s) => s.getAll()),
                {{ ...localStorage }},
            ]))()"""
        )
        self.assertIn("Cut", kept)
        for secret in ("4711", "pin_hash", "BADGEBERT", "session_id"):
            self.assertNotIn(secret, kept)
