"""The bench's side of a worker: a process of Odoo with one database."""

import json
import os
import subprocess

from tools.base.console import Failure
from tools.base.paths import LOGS, ROOT

SCRIPT = """
import sys
sys.path.append({root!r})
from bench.inside.worker import serve
serve(env, {requests}, {answers}, {folders!r})
"""


class Peer:
    """One worker; its methods are called by name."""

    def __init__(self, runtime, config, database, side, suite_folders):
        self.side = side
        self.database = database
        self._log = LOGS / f"bench-{side}.log"
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        command = runtime.command(
            "-d",
            database,
            "--no-http",
            "--log-level=warn",
            config=config,
            subcommand=["shell"],
        )
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command,
                # the order of sets is no difference between the two
                env=dict(runtime.environment(), PYTHONHASHSEED="0"),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(requests, answers),
                text=True,
            )
        os.close(requests)
        os.close(answers)
        self._out = os.fdopen(self._requests, "w")
        self._in = os.fdopen(self._answers)
        script = SCRIPT.format(
            root=str(ROOT),
            requests=requests,
            answers=answers,
            folders=[str(folder) for folder in suite_folders],
        )
        self._process.stdin.write(script)
        self._process.stdin.close()

    def call(self, name, *arguments):
        """Have the worker do something and return its result."""
        try:
            self._out.write(json.dumps([name, *arguments]) + "\n")
            self._out.flush()
        except BrokenPipeError:
            pass
        line = self._in.readline()
        if not line:
            tail = self._log.read_text(errors="replace")[-1500:]
            raise Failure(f"The {self.side} worker ended.\n{tail}\nLog: {self._log}")
        answer = json.loads(line)
        if "error" in answer:
            raise Failure(f"The {self.side} worker failed:\n{answer['error']}")
        return answer["result"]

    def close(self):
        """End the worker."""
        self._process.kill()
        self._process.wait()
        self._out.close()
        self._in.close()
