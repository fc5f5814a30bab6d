"""Phones on the shop floor: the page, and thirty of them against two workers."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from urllib.request import urlopen

from bench import page
from bench.databases import CONFIG
from tools.base.console import Failure
from tools.base.paths import LOGS, ROOT
from tools.setup import python_env

COUNT = 30
WORKERS = 2
SECONDS = 60
LOCUSTFILE = ROOT / "bench/load/phones_locust.py"
LOGIN = "login"
PATIENCE = 120


def measure(runtime, peer, seconds=SECONDS):
    """Return what the page weighs and takes, and how many phones are served.

    Nothing where the suite has no phone.
    """
    phones = peer.call("phones", COUNT + 1)
    if not phones:
        return {}
    with Server(runtime, peer.database) as server:
        opened = page.measure(server.base, phones[0])
        served = _load(server.base, phones[1:], seconds)
    return {"page": opened, "load": served}


class Server:
    """Odoo with workers, as a factory runs it."""

    def __init__(self, runtime, database):
        ports = [_free_port(), _free_port()]
        self.base = f"http://127.0.0.1:{ports[0]}"
        self.log = LOGS / "bench-phones.log"
        self.command = runtime.command(
            "-d",
            database,
            f"--workers={WORKERS}",
            "--max-cron-threads=0",
            f"--http-port={ports[0]}",
            f"--gevent-port={ports[1]}",
            "--log-level=warn",
            config=CONFIG,
        )
        self.environment = runtime.environment()

    def __enter__(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.time() + PATIENCE
        while time.time() < until:
            try:
                urlopen(f"{self.base}/web/health", timeout=5).close()
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.3)
            else:
                return self
        self.__exit__()
        tail = self.log.read_text(errors="replace")[-1500:]
        raise Failure(f"The server for phones does not start.\n{tail}")

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _load(base, phones, seconds):
    """Return what locust found."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(phones, file)
        file.flush()
        command = [
            python_env.BENCH / "bin/locust",
            "-f",
            LOCUSTFILE,
            "--headless",
            "--json",
            f"--users={len(phones)}",
            f"--spawn-rate={len(phones)}",
            f"--run-time={seconds}s",
            f"--host={base}",
            "--exit-code-on-error=0",
        ]
        done = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, "BENCH_PHONES": file.name, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
    try:
        rows = json.loads(done.stdout)
    except ValueError:
        raise Failure(f"locust failed:\n{done.stderr[-2000:]}") from None
    return _summarize(rows, done.stderr)


def _summarize(rows, log):
    told = {}
    everything = {"requests": 0, "errors": 0, "times": {}}
    for row in rows:
        if row["name"] == LOGIN:
            everything["errors"] += row["num_failures"]
            continue
        told[row["name"]] = _percentile(row["response_times"], 0.95)
        everything["requests"] += row["num_requests"]
        everything["errors"] += row["num_failures"]
        for taken, count in row["response_times"].items():
            times = everything["times"]
            times[taken] = times.get(taken, 0) + count
    if not everything["requests"]:
        raise Failure(f"No phone got as far as working:\n{log[-2000:]}")
    times = everything.pop("times")
    return everything | {
        "median": _percentile(times, 0.5),
        "p95": _percentile(times, 0.95),
        "p95_of": told,
        "phones": COUNT,
        "workers": WORKERS,
    }


def _percentile(times, share):
    """Return the milliseconds within which a share of the requests was answered."""
    left = sum(times.values()) * share
    for taken, count in sorted((float(t), c) for t, c in times.items()):
        left -= count
        if left <= 0:
            return taken
    return 0.0


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
