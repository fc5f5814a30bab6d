"""The two databases that are compared: Odoo alone, and Odoo with the suite."""

import contextlib

from bench.peer import Peer
from tools.base.console import say
from tools.odoo.addons import core_modules, names
from tools.testing import templates

CONFIG = "odoo-bench.conf"
SIDES = ("core", "suite")


class Pair:
    """A database without and one with the add-ons, alike in everything else."""

    def __init__(self, runtime, addons):
        self._runtime = runtime
        self._databases = runtime.databases
        self._addons = addons
        self._bases = [templates.throwaway(f"bench_{side}") for side in SIDES]

    def __enter__(self):
        runtime, databases = self._runtime, self._databases
        runtime.configure(CONFIG)
        templates.drop_abandoned(databases)
        core = core_modules(self._addons, self._addons)
        template = templates.ensure(runtime, core, demo=False)
        for base in self._bases:
            databases.copy(template, base)
        say(f"Installing {names(self._addons)} in one of two databases")
        install = ("-i", names(self._addons), "--skip-auto-install")
        runtime.run("Installing", self._bases[1], *install, config=CONFIG)
        return self

    def __exit__(self, *_error):
        for base in self._bases:
            self._databases.drop(base)

    @contextlib.contextmanager
    def peers(self):
        """Yield a worker for each, in fresh copies nothing was ever done in."""
        folders = [addon.path for addon in self._addons]
        copies = [f"{base}_copy" for base in self._bases]
        peers = []
        try:
            for side, base, copy in zip(SIDES, self._bases, copies, strict=True):
                self._databases.copy(base, copy)
                peers.append(Peer(self._runtime, CONFIG, copy, side, folders))
            yield peers
        finally:
            for peer in peers:
                peer.close()
            for copy in copies:
                self._databases.drop(copy)
