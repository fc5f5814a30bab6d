"""`make serve`, `start`, `stop`: one Odoo in the background, watched from the front."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.base.console import Failure, say, show
from tools.base.paths import LOCAL, LOGS
from tools.base.stamps import write_atomically
from tools.demo import database, lan, logins
from tools.odoo import addons, runtime
from tools.setup import pg_cluster

STATE = LOCAL / "server.json"
LOG = LOGS / "odoo.log"
PORT = 8069
PATIENCE = 120


def serve(detached=False):
    """Start the demo unless it runs, tell where it is, and stay until Ctrl-C."""
    state = _running()
    if state:
        say("Odoo is already running (`make stop` ends it)")
        _tell(runtime.ensure(), state)
        return 0
    chosen = _choose_port()
    _ensure_terminable()
    ready = runtime.ensure()
    database.ensure(ready)
    say("Starting Odoo")
    process, state = _start(ready, chosen)
    try:
        _wait_until_it_answers(process, chosen)
        write_atomically(STATE, json.dumps(state))
        _tell(ready, state)
        if detached:
            return 0
        show(f"  Ctrl-C stops it.  Log: {LOG}\n")
        process.wait()
    except KeyboardInterrupt:
        show()
    except BaseException:
        _end(process.pid)
        raise
    return _finish(process, ready)


def stop():
    """End Odoo, its TLS front and PostgreSQL; return whether there was anything."""
    stopped = []
    state = _running()
    if state:
        _end(state["pid"])
        stopped.append("Odoo")
    lan.stop()
    STATE.unlink(missing_ok=True)
    if pg_cluster.stop():
        stopped.append("PostgreSQL")
    show(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def is_running():
    """Tell whether the demo is being served."""
    return bool(_running())


def _finish(process, ready):
    code = process.poll()
    stopped_by_somebody = not STATE.exists()
    _end(process.pid)
    lan.stop()
    STATE.unlink(missing_ok=True)
    if code and not stopped_by_somebody:
        raise Failure(f"Odoo ended (exit {code}).\n{runtime.tail_of(LOG)}\nLog: {LOG}")
    say("Odoo stopped")
    if ready.server.is_ours and pg_cluster.running():
        # somebody may be running tests on the same server
        if not ready.databases.other_sessions():
            pg_cluster.stop()
    return 0


def _start(ready, port):
    arguments = ["-d", database.NAME, f"--http-port={port}", "--workers=0"]
    if lan.is_wanted():
        arguments += ["--proxy-mode"]
    with LOG.open("w") as output:
        process = subprocess.Popen(
            ready.command(*arguments, "--db-filter=^demo$"),
            env=ready.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    state = {"pid": process.pid, "port": port}
    if lan.is_wanted():
        state["lan"] = lan.start(ready, port)
    return process, state


def _wait_until_it_answers(process, port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failure(f"Odoo does not start.\n{runtime.tail_of(LOG)}\nLog: {LOG}")
        if _answers(port):
            return
        time.sleep(0.2)
    raise Failure(f"Odoo does not answer after {PATIENCE} s. Log: {LOG}")


def _answers(port):
    address = f"http://127.0.0.1:{port}/web/health"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=10) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def _running():
    try:
        state = json.loads(STATE.read_text())
        command = Path(f"/proc/{state['pid']}/cmdline").read_bytes()
    except (OSError, ValueError, KeyError):
        return None
    return state if b"launcher.py" in command else None


def _end(pid):
    """Ask Odoo to end, and insist after a while."""
    for sign, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if _is_gone(pid):
                return
            time.sleep(0.1)


def _is_gone(pid):
    try:
        if os.waitpid(pid, os.WNOHANG) != (0, 0):
            return True
    except ChildProcessError:
        pass
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return True


def _choose_port():
    asked = os.environ.get("PORT")
    if not asked:
        for port in range(PORT, PORT + 50):
            if _is_free(port):
                if port != PORT:
                    say(f"Port {PORT} is used by another program: taking {port}")
                return port
        raise Failure(f"No port is free from {PORT} on: give one with PORT=.")
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise Failure(f"PORT={asked} is no port: give a number such as {PORT}.")
    if not _is_free(int(asked)):
        raise Failure(f"Port {asked} is used by another program: give another PORT=.")
    return int(asked)


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _ensure_terminable():
    """Treat a closed terminal and `kill` like Ctrl-C, so that nothing stays behind."""

    def interrupt(_signal, _frame):
        raise KeyboardInterrupt

    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupt)
    sys.stdout.reconfigure(line_buffering=True)


def _tell(ready, state):
    modules = [addon.name for addon in addons.discover()]
    people = logins.read(ready.databases, database.NAME, modules)
    logins.show_all(f"http://127.0.0.1:{state['port']}", people)
    if state.get("lan"):
        lan.show_address(ready, state["lan"])
