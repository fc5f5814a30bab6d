"""The live board with ten thousand runs in flight, asked like requests."""

import time

from odoo.addons.mrp_live_board.tests.crowd import Crowd, get_specification
from odoo.addons.mrp_live_board.tests.week import Week

RUNS = 10_000
ROWS = 80
REPEATS = 9
SEEDS = (7, 8, 9)


class Board:
    """Its first screen, one row again after a change, and whether it is right."""

    def __init__(self, env, backend):
        self.env = env
        self.backend = backend

    def answer(self):
        """Return per question what it took, medians of the repeats."""
        # weeks of a small factory, before the crowd of another one is there
        week = self._play()
        self.runs = Crowd(self.env(su=True)).make(RUNS)
        self.env.cr.commit()
        specification = get_specification(self.env)
        first = [("company_id", "in", self.env.companies.ids)]
        ids = self.runs[RUNS // 2].ids
        board = self.env["mrp.live.board"]
        read, read_again = (
            each.web_search_read
            for each in (board, board.with_context(live_board_ids=ids))
        )
        answers = {
            "board": self._ask(lambda: read(first, specification, limit=ROWS)),
            "row": self._ask(lambda: read_again([("id", "in", ids)], specification)),
        }
        return answers | {"week": week}

    def _ask(self, question):
        figures = []
        for _repeat in range(REPEATS):
            self.env.invalidate_all()
            queries = self.env.cr.sql_log_count
            process, database = time.process_time(), self.backend.seconds()
            found = question()
            figures.append(
                {
                    "queries": self.env.cr.sql_log_count - queries,
                    "process": time.process_time() - process,
                    "database": self.backend.seconds() - database,
                    "runs": found["length"],
                }
            )
        return {
            name: sorted(each[name] for each in figures)[REPEATS // 2]
            for name in figures[0]
        }

    def _play(self):
        """Return the mean errors of some simulated weeks, in working hours."""
        errors = {"board": [], "odoo": []}
        for seed in SEEDS:
            week = Week(self.env(su=True), seed)
            for name, error in week.play().items():
                errors[name].append(error)
            self.env.cr.rollback()
        return {name: sum(found) / len(found) for name, found in errors.items()}
