import time

from odoo.tests.common import ChromeBrowser

from .test_ui import ShopFloorHttpCase

FLOOR = "odoo.__WOWL_DEBUG__.root.floor"


class BrowserCase(ShopFloorHttpCase):
    """A browser the test talks to, in place of a tour."""

    def _start_browser(self, login):
        self.browser = ChromeBrowser(self)
        self.browser.error_checker = lambda _message: False
        self.enterContext(self.allow_requests(browser=self.browser))
        # no request may use the test's cursor after the test: first the browser goes
        self.addCleanup(self._wait_remaining_requests)
        self.addCleanup(self.browser.stop)
        self.env.flush_all()
        self.authenticate(login, login, browser=self.browser)
        self.env.flush_all()
        self.env.cr.clear()

    def _get_port(self):
        return self.http_port()

    def _open(self):
        self.browser.navigate_to(f"http://127.0.0.1:{self._get_port()}/shop_floor")
        self._wait("document.querySelector('.o_sf_stack')")
        # a slow machine: the work was read, and is on the device's disk
        self._wait(f"{FLOOR}.readAt")
        self._evaluate(f"{FLOOR}.remember()")

    def _evaluate(self, code, timeout=60):
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={
                "expression": code,
                "awaitPromise": True,
                "returnByValue": True,
            },
            timeout=timeout,
        )
        self.assertNotIn("exceptionDetails", answer, answer)
        return answer["result"].get("value")

    def _wait(self, condition, timeout=30):
        until = time.time() + timeout
        while time.time() < until:
            answer = self.browser._websocket_request(
                "Runtime.evaluate",
                params={"expression": f"Boolean({condition})", "returnByValue": True},
                timeout=60,
            )
            if answer["result"].get("value") is True:
                return
            time.sleep(0.1)
        self.fail(f"{condition}: {self._evaluate('document.body.innerText')}")
