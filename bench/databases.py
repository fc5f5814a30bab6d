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

    def __init__(self, runtime, addons, common=()):
        self._runtime = runtime
        self._databases = runtime.databases
        self._addons = addons
        self._common = common
        self._bases = [templates.throwaway(f"bench_{side}") for side in SIDES]

    def __enter__(self):
        runtime, databases = self._runtime, self._databases
        runtime.configure(CONFIG)
        templates.drop_abandoned(databases)
        core = core_modules(self._addons, self._addons)
        template = templates.ensure(runtime, core, demo=False)
        databases.copy(template, self._bases[0])
        if self._common:
            say(f"Installing {names(self._common)} in both databases")
            self._install(self._bases[0], self._common)
        databases.copy(*self._bases)
        say(f"Installing {names(self._addons)} in one of two databases")
        self._install(self._bases[1], self._addons)
        return self

    def _install(self, database, addons):
        install = ("-i", names(addons), "--skip-auto-install")
        self._runtime.run("Installing", database, *install, config=CONFIG)

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
