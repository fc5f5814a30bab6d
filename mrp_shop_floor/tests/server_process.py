import os
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

from odoo.tools import config

PATIENCE = 90


class ServerProcess:
    """A server of its own on the test's database, which can be killed."""

    def __init__(self, database, log):
        self.database = database
        self.log = log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    def start(self):
        command = [
            sys.executable,
            sys.argv[0],
            "-c",
            config["config"],
            "-d",
            self.database,
            f"--http-port={self.port}",
            "--http-interface=127.0.0.1",
            "--max-cron-threads=0",
            "--log-level=warn",
        ]
        with open(self.log, "a") as output:
            self.process = subprocess.Popen(
                command,
                env=dict(os.environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until = time.time() + PATIENCE
        while time.time() < until:
            try:
                urlopen(f"http://127.0.0.1:{self.port}/web/health", timeout=5).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        with open(self.log) as output:
            raise RuntimeError(f"The server does not start:\n{output.read()[-3000:]}")

    def kill(self):
        """As when the power fails: nothing is finished, nothing is said."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
