import logging
import os
import tempfile
import time

from odoo import sql_db
from odoo.tests import no_retry, tagged

from .browser_case import FLOOR, BrowserCase
from .server_process import ServerProcess

_logger = logging.getLogger(__name__)

TAPS = 1000
KILLS = 6


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestKill(BrowserCase):
    """The server is killed with -9 again and again while somebody works.

    In a database thrown away: the server is a process of its own, what it needs is
    committed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # other tests of this database make people and companies of these names
        cls.company.name = "Creamery without Power"
        cls.anna_user.login += "-without-power"
        cls.anna_user.password = "floor-anna-without-power"
        for user in cls.tablet | cls.user:
            user.login += "-without-power"
        cls.bert.barcode += "POWER"
        cls.env.flush_all()
        # what this transaction made has to be there for the other process
        cls.cr._cnx.commit()

    def setUp(self):
        super().setUp()
        handle, log = tempfile.mkstemp(prefix="shop_floor_kill_", suffix=".log")
        os.close(handle)
        self.addCleanup(os.unlink, log)
        self.server = ServerProcess(self.cr.dbname, log)
        self.addCleanup(self.server.kill)
        self.server.start()
        self._start_browser(self.anna_user.login)

    def _get_port(self):
        return self.server.port

    def _query(self, query, *params):
        """Ask the database what was committed, whatever this test sees."""
        with sql_db.db_connect(self.cr.dbname).cursor() as cr:
            cr.execute(query, params)
            return cr.fetchall()

    def _count_booked(self):
        return self._query(
            "SELECT count(*) FROM mrp_operation_quantity WHERE workorder_id = %s",
            self.cut.id,
        )[0][0]

    def _tap_on(self, times):
        """Tap and go on tapping, whatever becomes of the server."""
        self._evaluate(
            f"""(async () => {{
                for (let i = 0; i < {times}; i++) {{
                    await {FLOOR}.tap("declare", {self.cut.id},
                        {{ what: "good", quantity: 0.01 }});
                    window.tapped = (window.tapped || 0) + 1;
                }}
            }})(), 0"""
        )

    @no_retry
    def test_killed_with_9(self):
        self._open()
        self._wait("navigator.serviceWorker.controller")
        self._open()
        booked = []
        for number in range(KILLS):
            self._tap_on(TAPS // KILLS + (number < TAPS % KILLS))
            # somewhere in the middle of receiving taps
            time.sleep(1 + 0.37 * number)
            self.server.kill()
            booked.append(self._count_booked())
            tapped = sum(TAPS // KILLS + (n < TAPS % KILLS) for n in range(number + 1))
            self._wait(f"window.tapped === {tapped}", 60)
            if number == KILLS // 2:
                # the phone, too: what is not on its disk is gone
                self.browser._websocket_request("Page.reload")
                self._wait("document.querySelector('.o_sf_card')")
                self._evaluate(f"window.tapped = {tapped}")
            self.server.start()
            self._evaluate(f"{FLOOR}.outbox.send(), 0")
        self._wait(f"{FLOOR}.outbox.pending.length === 0", 400)
        events = self._query(
            "SELECT state, count(*), count(DISTINCT uuid) FROM mrp_shop_floor_event "
            "WHERE kind = 'declare' AND workorder_id = %s GROUP BY state",
            self.cut.id,
        )
        self.assertEqual(events, [("done", TAPS, TAPS)])
        self.assertEqual(self._count_booked(), TAPS)
        ((quantity,),) = self._query(
            "SELECT sum(quantity) FROM mrp_operation_quantity WHERE workorder_id = %s",
            self.cut.id,
        )
        self.assertAlmostEqual(float(quantity), TAPS / 100)
        # it was killed while it worked, not only when it had nothing to do
        self.assertTrue(any(0 < count < TAPS for count in booked), booked)
        _logger.info(
            "%s taps, killed %s times when these were booked: %s; 0 lost, 0 doubled",
            TAPS,
            KILLS,
            booked,
        )
