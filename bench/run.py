"""Measure the reference order without and with the suite, and check the budget.

BENCH=quick measures less and writes nothing down.  ROUNDS=1 measures so many rounds, no
more and no less, and the results say so.  SQL=1 lists the statements the suite adds
instead.  ONLY=calls (or board, invoices, phones …) asks about that and nothing else.
METHODS=standard,avco,fifo chooses the costing.  ADDON=a,b measures these
add-ons and what they need.  BASE=a,b has these and what they need in both databases:
measured is what the others add, in queries against the allowance of their rooms;
nothing else is asked.
"""

import argparse
import dataclasses
import os
import sys

from bench import budget, calls, phones, report, statements, work
from bench.databases import Pair
from bench.figures import Series
from tools.base.console import Failure, say, show
from tools.odoo import addons as addons_of_suite
from tools.odoo.runtime import Runtime
from tools.setup import odoo_tree, pg_cluster, python_env


def run(quick=False, sql=False):
    """Do what was asked for and return the exit status."""
    addons, base = _addons("ADDON"), _base()
    names = [addon.name for addon in addons if addon not in base]
    plan = work.QUICK if quick else work.FULL
    if rounds := int(os.environ.get("ROUNDS", 0)):
        plan = dataclasses.replace(plan, rounds=rounds, most_rounds=rounds)
    runtime = _runtime()
    with Pair(runtime, addons, base) as pair:
        if sql:
            with pair.peers() as peers:
                statements.show_differences(peers)
            return 0
        if only := os.environ.get("ONLY"):
            return _ask_only(pair, runtime, only)
        answers = {} if base else _ask(pair, runtime)
        all_series, about = _measure(pair, plan, names)
    table, kept = report.verdict(all_series, names, cpu=not base)
    others, others_kept = report.questions(answers) if answers else ("", True)
    kept = kept and others_kept
    show(
        "\n".join(
            ("", report.figures(all_series), report.rounds(all_series), table, others)
        )
    )
    if not quick and not base and not os.environ.get("ADDON"):
        report.write(all_series, answers, addons, about, plan)
        say(f"Written: bench/{report.FILE.name}")
    show("All promises are kept." if kept else "Promises are BROKEN.")
    return 0 if kept else 1


def _ask(pair, runtime):
    """Return the answers to what is promised beside the order's cost."""
    say("Asking about a history of a hundred thousand lots, people and jobs")
    with pair.peers() as peers:
        answers = {name: peers[1].call(name) for name in ("history", "people", "jobs")}
        answers["calls"] = calls.measure(peers) if answers["people"] else {}
    say("Billing a thousand jobs at once")
    with pair.peers() as peers:
        answers["invoices"] = peers[1].call("invoices")
    say("Asking a live board of ten thousand runs, and playing weeks")
    with pair.peers() as peers:
        answers["board"] = peers[1].call("board")
    say("Opening the phone's page, and thirty phones at work")
    with pair.peers() as peers:
        answers["phones"] = phones.measure(runtime, peers[1])
    say("Verifying a hundred thousand entries, closing eight orders at once")
    with pair.peers() as peers:
        answers["records"] = peers[1].call("records", work.ENTRIES, work.CLOSERS)
    return answers


def _ask_only(pair, runtime, name):
    """Answer one question, and write nothing down."""
    questions = {
        **dict.fromkeys(
            ("board", "history", "invoices", "jobs", "people"),
            lambda peers: peers[1].call(name),
        ),
        "calls": calls.measure,
        "phones": lambda peers: phones.measure(runtime, peers[1]),
        "records": lambda peers: peers[1].call("records", work.ENTRIES, work.CLOSERS),
    }
    if name not in questions:
        raise Failure(f"ONLY is one of {', '.join(sorted(questions))}.")
    with pair.peers() as peers:
        answers = {name: questions[name](peers)}
    table, kept = report.questions(answers)
    show(f"\n{table}")
    return 0 if kept else 1


def _runtime():
    """Return what `make bench` has set up before it starts this."""
    python = python_env.ODOO / "bin/python"
    return Runtime(odoo_tree.ensure(), python, pg_cluster.ensure())


def _base():
    """Return the add-ons that both databases have."""
    return _addons("BASE") if os.environ.get("BASE") else []


def _addons(variable):
    """Return the add-ons a variable names, all without it, and what they need."""
    suite = addons_of_suite.discover()
    chosen = addons_of_suite.select(suite, os.environ.get(variable))
    if not chosen:
        raise Failure("There is no add-on here to measure.")
    needed = set()
    for addon in chosen:
        needed.update(addons_of_suite.with_dependencies(addon, suite))
    return [addon for addon in suite if addon in needed]


def _measure(pair, plan, names):
    """Run round after round until the plan is fulfilled and the verdict is clear."""
    chosen = os.environ.get("METHODS") or ",".join(work.METHODS)
    all_series = [
        Series(method, mode) for mode in plan.modes for method in chosen.split(",")
    ]
    number, about, open_series = 0, None, all_series
    while open_series and number < plan.most_rounds:
        number += 1
        with pair.peers() as peers:
            about = peers[0].call("about")
            for series in open_series:
                series.rounds.append(work.measure(peers, series.method, series.mode))
                _tell(number, series)
        if number >= plan.rounds:
            open_series = [
                each for each in all_series if budget.is_undecided(each, names)
            ]
    return all_series, about


def _tell(number, series):
    queries = [f"{series.queries(side):.1f}" for side in ("core", "suite")]
    say(
        f"Round {number}, {series.method} {series.mode.title}: queries "
        f"{' → '.join(queries)}, CPU × {series.ratios()[-1]:.3f}"
    )


def main():
    """Read the switches and run."""
    environment = os.environ
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", default=environment.get("BENCH") == "quick"
    )
    parser.add_argument(
        "--sql", action="store_true", default=environment.get("SQL", "0") != "0"
    )
    options = parser.parse_args()
    try:
        return run(options.quick, options.sql)
    except Failure as failure:
        show(f"\nerror: {failure}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
