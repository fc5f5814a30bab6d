"""The stages of `make test`, each on throw-away copies of template databases."""

import threading

from tools.odoo.addons import core_modules, names, with_dependencies
from tools.testing import templates
from tools.testing.runner import run_tests

# needs a browser / takes long / commits, kills or forges
SPECIAL = ("browser", "heavy", "destructive")
NO_SPECIAL = ",".join(f"-{tag}" for tag in SPECIAL)
# what the suite's own database shows: a test that runs while its add-on is installed
# does not meet the rooms above yet, and ran alone already
APART = ("-heavy", "-destructive", "-at_install")


class Stages:
    """The suite, and the databases its tests run in."""

    def __init__(self, runtime, suite):
        self.runtime = runtime
        self.databases = runtime.databases
        self.suite = suite
        self._installing = threading.Lock()
        self._installed = None

    def prepare(self):
        """Make every template database without demo data that a whole run copies."""
        cores = {tuple(self._core_of(addon)) for addon in self.suite}
        for core in sorted(cores, key=len):
            # the larger ones go on from the smaller
            templates.ensure(self.runtime, list(core), demo=False)

    def alone(self, addon, tags=None):
        """Install one add-on with what it needs and nothing else; run its tests."""
        core = self._core_of(addon)
        template = templates.ensure(self.runtime, core, demo=False)
        database = templates.throwaway(f"alone_{addon.name}")
        self.databases.copy(template, database)
        outcome = run_tests(
            self.runtime,
            f"alone {addon.name}",
            database,
            tags or f"/{addon.name},{NO_SPECIAL}",
            "-i",
            addon.name,
            "--skip-auto-install",
            browser_classes=addon.tests_tagged("browser"),
        )
        self.databases.drop(database)
        if not outcome.passed and not outcome.failed:
            outcome.failed = 1
            outcome.problems.append(f"{addon.name} has no test that runs alone.")
        return outcome

    def together(self, tags=None):
        """Install the whole suite with demo data; run what runs when all is there."""
        tags = tags or ",".join([*(f"/{a.name}" for a in self.suite), *APART])
        database = self.core_copy("suite")
        outcome = run_tests(
            self.runtime,
            "suite",
            database,
            tags,
            "-i",
            names(self.suite),
            "--with-demo",
            browser_classes=self._browser_classes(),
        )
        self.databases.drop(database)
        return outcome

    def tagged(self, tag, addons):
        """Run the tests with a tag in the suite, in a copy that is thrown away."""
        database = self.without_demo(tag)
        outcome = run_tests(
            self.runtime,
            tag,
            database,
            ",".join(f"{tag}/{addon.name}" for addon in addons),
            browser_classes=self._browser_classes(),
        )
        self.databases.drop(database)
        if not outcome.passed and not outcome.failed:
            outcome.failed = 1
            outcome.problems.append(f"No test with the tag {tag} was run.")
        return outcome

    def without_demo(self, name):
        """Return a database with the whole suite, as a factory would have it.

        Demo records that are in use can not be taken away again.
        """
        with self._installing:
            self._installed = self._installed or self._install_without_demo()
        database = templates.throwaway(name)
        self.databases.copy(self._installed, database)
        return database

    def _install_without_demo(self):
        core = core_modules(self.suite, self.suite)
        template = templates.ensure(self.runtime, core, demo=False)
        database = templates.throwaway("without_demo")
        self.databases.copy(template, database)
        self.runtime.run("Installing the suite", database, "-i", names(self.suite))
        return database

    def clean(self):
        """Drop the databases of this run."""
        templates.drop_abandoned(self.databases)

    def core_copy(self, name):
        """Return a fresh database with what the suite stands on, with demo data."""
        core = core_modules(self.suite, self.suite)
        template = templates.ensure(self.runtime, core, demo=True)
        database = templates.throwaway(name)
        self.databases.copy(template, database)
        return database

    def _core_of(self, addon):
        return core_modules(with_dependencies(addon, self.suite), self.suite)

    def _browser_classes(self):
        return {name for addon in self.suite for name in addon.tests_tagged("browser")}
