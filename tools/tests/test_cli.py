"""Tests of the commands and of the Makefile that lists them."""

import re
import unittest

from tools import cli
from tools.base.paths import ROOT


class TestCommands(unittest.TestCase):
    def test_the_makefile_names_every_command(self):
        makefile = (ROOT / "Makefile").read_text()
        called = set(re.findall(r"\$\(TOOLS\) (\S+)", makefile))
        self.assertEqual(called, set(cli.COMMANDS))

    def test_every_target_is_explained_and_phony(self):
        makefile = (ROOT / "Makefile").read_text()
        targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
        explained = set(re.findall(r"^([a-z-]+):.*## \w", makefile, re.M))
        phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())
        self.assertEqual(targets, explained)
        self.assertEqual(targets, phony)
