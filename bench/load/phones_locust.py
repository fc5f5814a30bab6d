"""Phones on the shop floor, each with a user, an operator and an operation of its own.

Run by locust in an environment of its own; `BENCH_PHONES` is the file that names them.
"""

import json
import os
import re
import time
import uuid

from gevent.event import Event
from locust import HttpUser, between, task

with open(os.environ["BENCH_PHONES"]) as _file:
    PHONES = json.load(_file)
_waiting = list(PHONES)
_everybody = Event()
_ready = []
LOGIN = "login"


class Phone(HttpUser):
    """Looks at the work, opens a run, taps: a shift in fast motion."""

    # one tap every one to three seconds: more than gloves can do
    wait_time = between(1, 3)

    def on_start(self):
        """Log in; nobody begins before everybody has: logging in is slow by design."""
        self.phone = _waiting.pop()
        self.device = str(uuid.uuid4())
        self.token = None
        self.sequence = 0
        self.turn = 0
        self._log_in()
        answer = self._ask("sign_in/start", LOGIN)
        self.token = answer["data"]["signed_in"][0]["token"]
        _ready.append(self.device)
        if len(_ready) == len(PHONES):
            _everybody.set()
        _everybody.wait(timeout=120)

    def _log_in(self):
        page = self.client.get("/web/login", name=LOGIN).text
        token = re.search(r'name="csrf_token"\s+value="([^"]+)"', page).group(1)
        values = {
            "csrf_token": token,
            "login": self.phone["login"],
            "password": self.phone["password"],
        }
        self.client.post("/web/login", values, name=LOGIN)

    @task(2)
    def look(self):
        """The list, as it is read again every minute and after every tap."""
        self._ask("work/list")

    @task(2)
    def open_run(self):
        """The run one works on."""
        self._ask("run/open", workorder_id=self.phone["workorder"])

    @task(4)
    def tap(self):
        """Start, declare, declare, pause; and again."""
        kind, payload = (
            ("start", {}),
            ("declare", {"what": "good", "quantity": 0.001}),
            ("declare", {"what": "good", "quantity": 0.002}),
            ("pause", {}),
        )[self.turn % 4]
        self.turn += 1
        self.sequence += 1
        now = int(time.time() * 1000)
        event = {
            "uuid": str(uuid.uuid4()),
            "sequence": self.sequence,
            "kind": kind,
            "token": self.token,
            "workorder_id": self.phone["workorder"],
            "payload": payload,
            "device_date": now,
        }
        self._ask("events/send", events=[event], device_now=now)

    def _ask(self, path, name=None, **params):
        params |= {"device": self.device, "token": self.token}
        call = {"jsonrpc": "2.0", "method": "call", "params": params}
        with self.client.post(
            f"/shop_floor/api/{path}",
            json=call,
            name=name or path,
            catch_response=True,
        ) as response:
            answer = response.json() if response.ok else {"error": response.text}
            problem = _find_problem(answer)
            if problem:
                response.failure(problem)
        return answer.get("result")


def _find_problem(answer):
    """Return what is wrong with an answer, if anything."""
    if "error" in answer:
        return str(answer["error"])[:200]
    result = answer["result"]
    message = result.get("message")
    if message and message["kind"] == "danger":
        return message["text"]
    for told in result["data"].get("results", ()):
        if told["state"] != "done":
            return f"{told['state']}: {told['message']}"
    return None
