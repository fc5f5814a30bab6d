"""Running Odoo: its configuration, its command line and its environment."""

import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

from tools.base.console import Failure, say
from tools.base.paths import BIN, DATA, INSIDE, LOCAL, LOGS, ROOT, ensure_local
from tools.base.stamps import locked, write_atomically
from tools.odoo.databases import Databases
from tools.setup import host, node, odoo_tree, pg_cluster, printing, python_env


class Runtime:
    """Everything an Odoo process needs: tree, Python, server and configuration."""

    def __init__(self, tree, python, server):
        self.tree = tree
        self.python = python
        self.server = server
        self.databases = Databases(python, server)

    def command(
        self, *arguments, config="odoo.conf", subcommand=(), script="launcher.py"
    ):
        """Return the command line of one Odoo process."""
        start = [self.python, INSIDE / script, *subcommand]
        return [str(part) for part in (*start, "-c", LOCAL / config, *arguments)]

    def environment(self):
        """Return the environment of an Odoo process."""
        environment = host.clean_environment()
        environment["PYTHONPATH"] = str(self.tree.python_path)
        # what browser tests judge screens with, where it is installed
        environment["AXE_CORE"] = str(node.AXE)
        environment["PATH"] = f"{BIN}{os.pathsep}{environment['PATH']}"
        return environment

    def configure(self, name="odoo.conf", roots=None, **more):
        """Write a configuration file and return its name."""
        roots = roots or [Path(os.environ.get("SUITE_ADDONS") or ROOT)]
        options = {
            **self.server.odoo_options(),
            "addons_path": ",".join(map(str, [*roots, *self.tree.addons_paths])),
            "data_dir": DATA,
            "http_interface": "127.0.0.1",
            "list_db": False,
            "admin_passwd": "admin",
            **more,
        }
        lines = [f"{key} = {value}" for key, value in options.items()]
        write_atomically(LOCAL / name, "\n".join(["[options]", *lines, ""]))
        (LOCAL / name).chmod(0o600)
        return name

    def run(self, what, database, *arguments, config="odoo.conf", log=None):
        """Run Odoo until it ends by itself; raise a `Failure` that names its log."""
        log = log or LOGS / f"{database}.log"
        fixed = ("-d", database, "--no-http", "--stop-after-init")
        command = self.command(*fixed, *arguments, config=config)
        with log.open("w") as output:
            output.write(shlex.join(command) + "\n")
            output.flush()
            process = subprocess.Popen(
                command,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            code = wait_for(process)
        if code:
            raise Failure(f"{what} failed (exit {code}).\n{tail_of(log)}\nLog: {log}")
        return log


def wait_for(process):
    """Wait for a child; take it along when we are told to end."""
    try:
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGKILL)
        process.wait()
        raise


def tail_of(log, lines=25):
    """Return the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def ensure(tests=False):
    """Set everything up, whatever is already there, and return the runtime."""
    ensure_local()
    with locked("setup"):
        tree = odoo_tree.ensure()
        python = python_env.ensure_odoo(tests)
        printing.ensure()
        server = pg_cluster.ensure()
    runtime = Runtime(tree, python, server)
    runtime.configure()
    return runtime


def purge():
    """Remove all private state of this checkout."""
    pg_cluster.stop()
    server = pg_cluster.running()
    if server:
        raise Failure("PostgreSQL does not stop: nothing was removed.")
    say(f"Removing {LOCAL}")
    pg_cluster.remove()
    shutil.rmtree(LOCAL, ignore_errors=True)
