"""Tests of the reading of Odoo's log."""

import unittest

from tools.testing import odoolog
from tools.testing.runner import judge

SUMMARY = "1 failed, 2 error(s) of 9 tests when loading database 'db'"
FAILED = "FAIL: TestA.test_b\nTraceback (most recent call last):\nAssertionError: 1"
NO_BROWSER = "skipped TestTour.test_a : Chrome executable not found"
STAMP = "2026-01-02 03:04:05,678 99"


def record(level, logger, text):
    return f"{STAMP} {level} db {logger}: {text}"


class TestReport(unittest.TestCase):
    def read(self, *records):
        return odoolog.read("\n".join(records).splitlines())

    def test_counts_come_from_odoos_summary(self):
        report = self.read(
            record("INFO", "x", "Starting TestA.test_b ..."),
            record("INFO", "r", SUMMARY),
        )
        self.assertEqual((report.tests, report.failed), (9, 3))
        self.assertFalse(report.strays)

    def test_a_test_that_starts_is_named(self):
        # Odoo leaves a space at the end
        line = record("INFO", "x", "Starting TestA.test_b ... ")
        self.assertEqual(odoolog.Reader().feed(line + "\n"), "TestA.test_b")

    def test_a_failing_test_keeps_its_traceback(self):
        report = self.read(record("ERROR", "x", FAILED), record("INFO", "x", "next"))
        self.assertEqual(len(report.failures), 1)
        self.assertTrue(report.failures[0].endswith("AssertionError: 1"))
        self.assertFalse(report.strays)

    def test_an_error_that_no_test_expected_is_a_stray(self):
        report = self.read(record("ERROR", "odoo.sql_db", "bad query"))
        self.assertEqual(len(report.strays), 1)

    def test_what_odoo_says_of_failed_tests_is_no_stray(self):
        report = self.read(
            record("ERROR", "x", FAILED),
            record("ERROR", "l", "Module a: 7 failures, 4 errors of 53 tests"),
            record("ERROR", "l", "At least one test failed when loading the modules."),
        )
        self.assertEqual((len(report.failures), len(report.strays)), (1, 0))

    def test_a_traceback_is_a_stray_whatever_its_level(self):
        text = "oops\nTraceback (most recent call last):\nValueError"
        report = self.read(record("WARNING", "x", text))
        self.assertEqual(len(report.strays), 1)

    def test_browser_tests_may_not_be_skipped(self):
        report = self.read(
            record("INFO", "x", NO_BROWSER),
            record("INFO", "x", "skipped TestPhone.test_b : because"),
            record("INFO", "x", "skipped TestMoney.test_c : because"),
        )
        self.assertEqual(len(report.skipped), 3)
        self.assertEqual(len(report.browser_skips({"TestPhone"})), 2)


class TestJudge(unittest.TestCase):
    def test_a_crash_without_failed_test_is_a_failure(self):
        outcome = judge("stage", None, 1, odoolog.Report(tests=3))
        self.assertEqual((outcome.passed, outcome.failed), (3, 1))

    def test_a_lost_browser_test_is_a_failure(self):
        report = odoolog.Report(tests=2, skipped=[("TestA.test_b", "no chrome")])
        outcome = judge("stage", None, 0, report)
        self.assertEqual((outcome.passed, outcome.failed), (1, 1))
