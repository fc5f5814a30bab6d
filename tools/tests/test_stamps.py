"""Tests of what makes steps survive being killed."""

import tempfile
import unittest
from pathlib import Path

from tools.base import stamps


class TestStamps(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.result = Path(folder.name) / "result"

    def test_a_step_is_done_when_stamped_with_the_same_key(self):
        self.result.mkdir()
        self.assertFalse(stamps.is_stamped(self.result, "key"))
        stamps.stamp(self.result, "key")
        self.assertTrue(stamps.is_stamped(self.result, "key"))
        self.assertFalse(stamps.is_stamped(self.result, "other"))

    def test_a_stamp_without_result_counts_for_nothing(self):
        stamps.stamp(self.result, "key")
        self.assertFalse(stamps.is_stamped(self.result, "key"))

    def test_a_folder_appears_only_when_complete(self):
        with self.assertRaises(ZeroDivisionError):
            with stamps.fresh_folder(self.result) as part:
                (part / "half").touch()
                raise ZeroDivisionError
        self.assertFalse(self.result.exists())
        with stamps.fresh_folder(self.result) as part:
            (part / "whole").touch()
        self.assertEqual([f.name for f in self.result.iterdir()], ["whole"])

    def test_the_digest_keeps_its_parts_apart(self):
        self.assertNotEqual(stamps.digest("ab", "c"), stamps.digest("a", "bc"))
        self.assertEqual(
            stamps.digest({"a": 1, "b": 2}), stamps.digest({"b": 2, "a": 1})
        )
