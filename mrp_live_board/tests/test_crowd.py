from odoo.tests import tagged

from .common import BoardCommon
from .crowd import Crowd, get_specification

MOST_QUERIES = 12


@tagged("post_install", "-at_install", "heavy")
class TestCrowd(BoardCommon):
    """Ten thousand runs: the first screen asks no more than of ten."""

    def _count(self, read):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = read()
        return self.env.cr.sql_log_count - before, found

    def test_first_screen(self):
        runs = Crowd(self.env(su=True)).make(10_000)
        board = self.board.with_user(self.user)
        specification = get_specification(board.env)
        domain = [("company_id", "=", self.company.id)]
        board.web_search_read(domain, specification, limit=80)
        queries, found = self._count(
            lambda: board.web_search_read(domain, specification, limit=80)
        )
        self.assertLessEqual(queries, MOST_QUERIES)
        self.assertGreaterEqual(found["length"], len(runs))
        self.assertEqual(len(found["records"]), 80)
        lateness = [row["lateness"] for row in found["records"]]
        self.assertEqual(lateness, sorted(lateness, reverse=True))
        again = board.with_context(live_board_ids=runs[:2].ids)
        queries, found = self._count(
            lambda: again.web_search_read([("id", "in", runs[:2].ids)], specification)
        )
        self.assertLessEqual(queries, MOST_QUERIES)
        self.assertEqual(found["length"], 2)
