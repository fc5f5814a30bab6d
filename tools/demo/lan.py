"""`LAN=1`: the demo over TLS for a phone on the same network.

Phones give web pages their camera and scanner only over TLS, and Odoo's own server has
none: a small front with a self-signed certificate stands before it.
"""

import ipaddress
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from tools.base.console import Failure, run, show
from tools.base.paths import INSIDE, LOCAL, LOGS
from tools.base.stamps import write_atomically

FOLDER = LOCAL / "lan"
STATE = LOCAL / "lan.json"
LOG = LOGS / "lan.log"
FRONT = "tls_front.py"
PORT = 8443
PATIENCE = 10


def is_wanted():
    """Tell whether the demo shall be reachable from the network."""
    return os.environ.get("LAN", "0") not in ("", "0")


def start(ready, backend_port):
    """Start the TLS front and return its address."""
    address, port = _address(), _port()
    FOLDER.mkdir(exist_ok=True, mode=0o700)
    files = [FOLDER / "certificate.pem", FOLDER / "key.pem"]
    kit = [ready.python, INSIDE / "lan_kit.py", "certificate", address]
    run([*kit, *files], "Making a certificate", env=ready.environment())
    command = [ready.python, INSIDE / FRONT, address, port, backend_port, *files]
    with LOG.open("w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    write_atomically(STATE, json.dumps({"pid": process.pid}))
    _wait_until_it_listens(process, address, port)
    return f"https://{address}:{port}"


def stop():
    """End the TLS front, if it runs."""
    try:
        pid = json.loads(STATE.read_text())["pid"]
        if FRONT.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGTERM)
    except (OSError, ValueError, KeyError):
        pass
    STATE.unlink(missing_ok=True)


def show_address(ready, address):
    """Print the address for a phone, its QR code and what to beware of."""
    show(f"  On a phone in this network: {address}")
    kit = [ready.python, INSIDE / "lan_kit.py", "qr", address]
    show(run(kit, "Drawing the QR code", env=ready.environment()))
    show("  WARNING: anyone in this network can now log in with the passwords above.")
    show(
        "  The phone will warn of the certificate, which is this machine's own: accept."
    )
    show()


def _address():
    """Return the address given with LAN=, or the one this machine talks from."""
    given = os.environ["LAN"]
    if given != "1":
        try:
            return str(ipaddress.ip_address(given))
        except ValueError:
            raise Failure(
                f"LAN={given} is no address: give LAN=1 or such as LAN=192.168.1.5."
            ) from None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # a documentation address: nothing is sent, the kernel only picks the route
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            raise Failure(
                "This machine is in no network: give its address with LAN=ADDRESS."
            ) from None


def _port():
    port = os.environ.get("LAN_PORT") or str(PORT)
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Failure(f"LAN_PORT={port} is no port: give a number such as {PORT}.")
    return int(port)


def _wait_until_it_listens(process, address, port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection((address, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    stop()
    raise Failure(
        f"Nothing can listen on {address}:{port}: give another LAN_PORT=. Log: {LOG}"
    )
