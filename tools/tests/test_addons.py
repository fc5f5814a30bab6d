"""Tests of the reading of add-ons."""

import tempfile
import unittest
from pathlib import Path

from tools.base.console import Failure
from tools.odoo import addons

TESTS = """
from odoo.tests import HttpCase, TransactionCase, tagged

@tagged("post_install", "-at_install", "browser")
class TestTour(HttpCase):
    pass

class TestPlain(TransactionCase):
    @tagged("heavy")
    def test_long(self):
        pass
"""


class TestAddons(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def make(self, name, *depends):
        folder = self.root / name
        (folder / "tests").mkdir(parents=True)
        (folder / "__manifest__.py").write_text(repr({"depends": list(depends)}))
        return folder

    def test_an_addon_comes_after_what_it_depends_on(self):
        self.make("a", "c", "mrp")
        self.make("b", "stock")
        self.make("c", "b")
        found = addons.discover(self.root)
        self.assertEqual([each.name for each in found], ["b", "c", "a"])
        self.assertEqual(addons.core_modules(found, found), ["mrp", "stock"])

    def test_a_circle_is_told(self):
        self.make("a", "b")
        self.make("b", "a")
        with self.assertRaisesRegex(Failure, "depends on itself"):
            addons.discover(self.root)

    def test_an_addon_alone_brings_only_what_it_needs(self):
        for name, depends in (("a", ()), ("b", ("a",)), ("c", ("a",))):
            self.make(name, *depends)
        found = addons.discover(self.root)
        needed = addons.with_dependencies(found[-1], found)
        self.assertEqual([each.name for each in needed], ["a", "c"])

    def test_an_unknown_addon_is_told(self):
        self.make("a")
        with self.assertRaisesRegex(Failure, "no add-on x; there are: a"):
            addons.select(addons.discover(self.root), "a,x")

    def test_tags_of_classes_and_methods(self):
        (self.make("a") / "tests/test_x.py").write_text(TESTS)
        (addon,) = addons.discover(self.root)
        self.assertEqual(addon.tests_tagged("browser"), {"TestTour"})
        self.assertEqual(addon.tests_tagged("heavy"), {"TestPlain"})
        self.assertFalse(addon.tests_tagged("destructive"))

    def test_only_what_is_installed_asks_for_an_update(self):
        folder = self.make("a")
        (addon,) = addons.discover(self.root)
        before = addon.content_hash()
        (folder / "tests/test_x.py").write_text(TESTS)
        (folder / "README.rst").write_text("x")
        self.assertEqual(addon.content_hash(), before)
        (folder / "models.py").write_text("x")
        self.assertNotEqual(addon.content_hash(), before)
