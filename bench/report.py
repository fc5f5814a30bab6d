"""The figures as Markdown: printed, and kept in `RESULTS.md`."""

import os
from datetime import date
from pathlib import Path

from bench import budget, work
from bench.inside.steps import NAMES

FILE = Path(__file__).with_name("RESULTS.md")
STEPS = {
    "create": "create",
    "confirm": "confirm",
    "assign": "check availability",
    "done": "produce all",
}
HEAD = """\
# What the suite costs on top of Odoo

Written by `make bench`: measure again rather than edit.

The reference order has five lot-tracked components with one lot each and plenty of
stock, a lot-tracked product whose lot Odoo makes, one by-product that bears 10 % of
the cost and three operations; nothing is made to order. Both databases do the same
work by turns, step by step, as the administrator (rules of access apply), each step
ended like a request: written, committed, caches of records emptied. CPU time is that
of Odoo's process and of its database backend together; figures are medians per
order. The promise on CPU time is judged by the median ratio of all repeats, each of
which did both sides' work at the same time. Every round starts in fresh copies of the
databases with new processes. Planned rounds: {rounds}; when they disagree on whether
the limit is kept, up to {most}; all count. Statements are exact, CPU time is not: the
spread of the rounds shows by how much.
"""


def verdict(all_series, names):
    """Return the table of promises and whether all are kept."""
    rows, kept = [], True
    for series in all_series:
        for promise in budget.judge(series, names):
            kept = kept and promise.kept
            rows.append(
                (
                    work.METHODS[series.method],
                    series.mode.title,
                    promise.text,
                    promise.measured,
                    "kept" if promise.kept else "**BROKEN**",
                )
            )
    head = ("costing", "orders", "promise", "measured", "")
    return _table(head, rows), kept


def questions(answers):
    """Return the table of promises beside the order's and whether all are kept.

    :param dict answers: those of ``history``, ``people``, ``jobs``, ``invoices``,
        ``calls``, ``board`` and ``records``
    """
    promises = [
        *budget.judge_history(answers["history"]),
        *budget.judge_people(answers["people"]),
        *budget.judge_jobs(answers["jobs"]),
        *budget.judge_invoices(answers["invoices"]),
        *budget.judge_calls(answers["calls"]),
        *budget.judge_board(answers["board"]),
        *budget.judge_records(answers["records"]),
    ]
    rows = [
        (each.text, each.measured, "kept" if each.kept else "**BROKEN**")
        for each in promises
    ]
    table = _table(("promise", "measured", ""), rows) if rows else ""
    return table, all(each.kept for each in promises)


def figures(all_series):
    """Return the tables of all figures, one per mode."""
    parts = []
    for mode in dict.fromkeys(series.mode for series in all_series):
        rows = []
        for series in all_series:
            if series.mode == mode:
                rows += _rows(series)
        head = (
            "costing",
            "step",
            "queries: core",
            "suite",
            "more",
            "CPU ms: core",
            "suite",
            "ratio",
            "of it database: core",
            "suite",
        )
        parts.append(f"## {mode.title.capitalize()}\n\n{_table(head, rows)}")
    return "\n".join(parts)


def rounds(all_series):
    """Return the table of CPU ratios of every round."""
    rows = [
        (
            work.METHODS[series.method],
            series.mode.title,
            " ".join(f"{ratio:.3f}" for ratio in series.ratios()),
        )
        for series in all_series
    ]
    return _table(("costing", "orders", "CPU suite / core of each round"), rows)


def write(all_series, answers, addons, about, plan):
    """Write `RESULTS.md`."""
    table, kept = verdict(all_series, [addon.name for addon in addons])
    others, others_kept = questions(answers)
    kept = kept and others_kept
    outcome = "All promises are kept." if kept else "Not all promises are kept."
    FILE.write_text(
        "\n".join(
            (
                HEAD.format(rounds=plan.rounds, most=plan.most_rounds),
                _circumstances(addons, about),
                "## Promises\n",
                table,
                *([others] if others else []),
                f"{outcome}\n",
                figures(all_series),
                "## Rounds\n",
                rounds(all_series).rstrip(),
                "",
            )
        )
    )


def _circumstances(addons, about):
    suite = ", ".join(f"`{addon.name}` {addon.version}" for addon in addons)
    database = "" if about["database_is_here"] else " (elsewhere: CPU not counted)"
    lines = (
        f"- Measured on {date.today()}",
        f"- Add-ons: {suite}",
        f"- Odoo {about['odoo']}, Python {about['python']}, "
        f"PostgreSQL {about['postgresql']}{database}",
        f"- Machine: {len(os.sched_getaffinity(0))} processors, {_processor()}",
    )
    return "\n".join(lines) + "\n"


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return os.uname().machine


def _rows(series):
    parts = [(STEPS[name], (name,)) for name in NAMES]
    return [
        (work.METHODS[series.method], *_figures(series, label, steps))
        for label, steps in (*parts, ("**all**", NAMES))
    ]


def _figures(series, label, steps):
    queries = [series.queries(side, steps) for side in ("core", "suite")]
    cpu = [series.cpu(side, steps) for side in ("core", "suite")]
    database = [series.database(side, steps) for side in ("core", "suite")]
    return (
        label,
        *(f"{number:.1f}".removesuffix(".0") for number in queries),
        f"{queries[1] - queries[0]:+.1f}".removesuffix(".0"),
        *(f"{number:.1f}" for number in cpu),
        f"{cpu[1] / cpu[0]:.3f}",
        *(f"{number:.1f}" for number in database),
    )


def _table(head, rows):
    """Return an aligned Markdown table."""
    table = [tuple(map(str, row)) for row in (head, *rows)]
    widths = [max(3, *map(len, column)) for column in zip(*table, strict=True)]
    table.insert(1, tuple("-" * width for width in widths))
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "".join(f"| {line} |\n" for line in lines)
