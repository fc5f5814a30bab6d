"""The phone's page in a browser: its size, its work, and how soon a tap is shown."""

import contextlib
import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import requests
import websocket

from tools.base.console import Failure
from tools.base.paths import BIN
from tools.setup.browser import NAMES

THROTTLE = 4
LOADS = 5
TAPS = 20
SIZE = {"width": 375, "height": 667, "deviceScaleFactor": 2, "mobile": True}
FLOOR = "odoo.__WOWL_DEBUG__.root.floor"


def log_in(base, phone):
    """Return a session of a phone's user."""
    session = requests.Session()
    page = session.get(f"{base}/web/login").text
    token = re.search(r'name="csrf_token"\s+value="([^"]+)"', page).group(1)
    values = {
        "csrf_token": token,
        "login": phone["login"],
        "password": phone["password"],
    }
    session.post(f"{base}/web/login", values)
    return session


def measure(base, phone):
    """Return sizes in bytes, and seconds."""
    session = log_in(base, phone)
    work, files, taps = [], set(), []
    for number in range(LOADS):
        with Browser() as browser:
            urls, seconds = browser.load(base, session.cookies)
            work.append(seconds)
            files |= urls
            if number == LOADS - 1:
                taps = browser.tap(phone["workorder"])
    raw, packed = _weigh(session, files)
    return {
        "raw": raw,
        "gz": packed,
        "files": len(files),
        # what else the machine does only adds to it
        "main_thread": min(work),
        "main_thread_median": median(work),
        "tap": median(taps),
        "longest_tap": max(taps),
    }


def _weigh(session, urls):
    raw = packed = 0
    for url in sorted(urls):
        content = session.get(url).content
        raw += len(content)
        packed += min(len(gzip.compress(content, 6)), len(content))
    return raw, packed


class Browser:
    """A fresh Chromium, slowed down, that is told what to do."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="bench_page_")
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        program = next(filter(None, (shutil.which(n, path=path) for n in NAMES)), None)
        if not program:
            raise Failure("There is no Chromium to open the phone's page with.")
        self.process = subprocess.Popen(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-allow-origins=*",
                "--remote-debugging-port=0",
                f"--user-data-dir={self.folder}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.number, self.seen = 0, set()
        self.socket = websocket.create_connection(self._find_page(), timeout=90)
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(Exception):
            self.socket.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _find_page(self):
        told = Path(self.folder) / "DevToolsActivePort"
        until = time.time() + 60
        while time.time() < until:
            with contextlib.suppress(OSError, ValueError, IndexError):
                port = int(told.read_text().split()[0])
                pages = requests.get(f"http://127.0.0.1:{port}/json", timeout=5).json()
                return next(
                    p["webSocketDebuggerUrl"] for p in pages if p["type"] == "page"
                )
            time.sleep(0.2)
        raise Failure("Chromium does not answer.")

    def call(self, method, **params):
        """Have the browser do something and return its result."""
        self.number += 1
        call = {"id": self.number, "method": method, "params": params}
        self.socket.send(json.dumps(call))
        while True:
            message = json.loads(self.socket.recv())
            self._note(message)
            if message.get("id") == self.number:
                return message.get("result", {})

    def _note(self, message):
        if message.get("method") == "Network.requestWillBeSent":
            request = message["params"]["request"]
            if request["method"] == "GET" and request["url"].startswith("http"):
                self.seen.add(request["url"])

    def evaluate(self, code):
        """Return the value of an expression, awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise Failure(f"The page failed:\n{answer['exceptionDetails']}")
        return answer["result"].get("value")

    def load(self, base, cookies):
        """Open the page cold and return what it fetched and the seconds of work."""
        for domain in ("Page", "Network", "Performance", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", **SIZE)
        self.call("Emulation.setCPUThrottlingRate", rate=THROTTLE)
        for cookie in cookies:
            self.call(
                "Network.setCookie", name=cookie.name, value=cookie.value, url=base
            )
        before = self._get_task_seconds()
        self.call("Page.navigate", url=f"{base}/shop_floor")
        self._wait("document.querySelector('.o_sf_card')")
        return set(self.seen), self._get_task_seconds() - before

    def _get_task_seconds(self):
        metrics = self.call("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    def _wait(self, condition):
        until = time.time() + 90
        while time.time() < until:
            with contextlib.suppress(Failure):
                if self.evaluate(f"Boolean({condition})"):
                    return
            time.sleep(0.25)
        raise Failure(f"The page does not get there: {condition}")

    def tap(self, workorder):
        """Return the milliseconds from tap to what it changed, of several."""
        return self.evaluate(
            f"""(async () => {{
                const floor = {FLOOR};
                const frame = () => new Promise((done) =>
                    requestAnimationFrame(() => setTimeout(done)));
                const until = async (test) => {{
                    while (!test()) {{
                        await frame();
                    }}
                }};
                const find = (selector) => document.querySelector(selector);
                await floor.openRun({workorder});
                const taken = [];
                for (let i = 0; i < {TAPS}; i++) {{
                    floor.go("declare", {{ id: {workorder}, what: "good" }});
                    await until(() => find(".o_sf_key[data-key='1']"));
                    find(".o_sf_key[data-key='1']").click();
                    await until(() => !find(".o_sf_confirm")?.disabled);
                    await new Promise((done) => setTimeout(done, 300));
                    const start = performance.now();
                    find(".o_sf_confirm").click();
                    await until(() => !find(".o_sf_declare"));
                    taken.push(performance.now() - start);
                }}
                return taken;
            }})()"""
        )
