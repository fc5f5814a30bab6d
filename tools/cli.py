"""The commands behind the Makefile's targets."""

import os

from tools.base.console import Failure, say, show


def run_command(arguments):
    """Run one command; turn a `Failure` into its sentence and exit status 1."""
    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name)
    if not command:
        show(f"Unknown command {name}; there are: {', '.join(COMMANDS)}")
        return 2
    try:
        return command(*rest) or 0
    except Failure as failure:
        show(f"\nerror: {failure}")
        return 1
    except BrokenPipeError:
        # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        show("\nInterrupted; the next run goes on from here.")
        return 130


def _setup():
    from tools.odoo import runtime

    runtime.ensure()
    say("Everything is set up")


def _serve():
    from tools.demo import server

    return server.serve()


def _start():
    from tools.demo import server

    return server.serve(detached=True)


def _stop():
    from tools.demo import server

    return server.stop()


def _update():
    from tools.demo import database, server
    from tools.odoo import runtime

    if server.is_running():
        server.stop()
        say("Odoo was stopped for the update: start it again with `make serve`")
    database.ensure(runtime.ensure())
    say("The demo database is up to date")


def _reset():
    from tools.demo import database, server
    from tools.odoo import runtime

    if server.is_running():
        server.stop()
    database.reset(runtime.ensure())
    say("The demo database is gone; `make serve` makes a new one")


def _shell():
    from tools.demo import database
    from tools.odoo import runtime

    ready = runtime.ensure()
    database.ensure(ready)
    command = ready.command("-d", database.NAME, "--no-http", subcommand=["shell"])
    os.execve(command[0], command, ready.environment())


def _test():
    from tools.testing import run

    return run.run()


def _lint():
    from tools.quality import run

    return run.lint()


def _format():
    from tools.quality import run

    return run.format_sources()


def _readme():
    from tools.quality import run

    return run.readme()


def _test_core():
    from tools.testing import core

    return core.run()


def _pot():
    from tools.quality import pot

    pot.write()


def _wheels():
    from tools.quality import wheels

    wheels.build()


def _bench():
    import subprocess

    from tools.base.paths import ROOT
    from tools.base.stamps import locked
    from tools.odoo import runtime
    from tools.setup import browser, python_env

    script = ROOT / "bench" / "run.py"
    if not script.exists():
        raise Failure("There is nothing to measure yet: bench/run.py is missing.")
    ready = runtime.ensure(tests=True)
    browser.ensure()
    with locked("setup"):
        python_env.ensure_bench()
    command = [str(ready.python), "-m", "bench.run"]
    environment = ready.environment()
    paths = [environment["PYTHONPATH"], str(ROOT)]
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    return subprocess.call(command, cwd=ROOT, env=environment)


def _purge():
    from tools.demo import server
    from tools.odoo import runtime

    server.stop()
    runtime.purge()


COMMANDS = {
    "setup": _setup,
    "serve": _serve,
    "start": _start,
    "stop": _stop,
    "update": _update,
    "reset": _reset,
    "shell": _shell,
    "test": _test,
    "test-core": _test_core,
    "bench": _bench,
    "lint": _lint,
    "format": _format,
    "readme": _readme,
    "pot": _pot,
    "wheels": _wheels,
    "purge": _purge,
}
