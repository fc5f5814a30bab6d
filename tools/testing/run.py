"""`make test`: which stages run, in which order.

ADDON=a,b runs these add-ons alone, two at a time, then their browser and destructive
tests.  TAGS=… runs these tests only: in the add-on's own database with ADDON, else in
the suite's.
"""

import os
from concurrent.futures import ThreadPoolExecutor

from tools.base.console import Failure, elapsed, say
from tools.base.stamps import locked
from tools.odoo import addons as addons_of_suite
from tools.odoo import runtime
from tools.setup import browser, node
from tools.testing import selftest, templates, uninstall, upgrade
from tools.testing.outcome import Tally
from tools.testing.stages import Stages

# a stage keeps one processor busy
TOGETHER = 2


def run():
    """Run what was asked for and return the exit status."""
    suite = addons_of_suite.discover()
    if not suite:
        raise Failure("There is no add-on here: a folder with a __manifest__.py.")
    asked = os.environ.get("ADDON", "")
    tags = os.environ.get("TAGS", "")
    chosen = addons_of_suite.select(suite, asked)
    ready = runtime.ensure(tests=True)
    browser.ensure()
    with locked("setup"):
        node.ensure()
    templates.drop_abandoned(ready.databases)
    say("Set-up done")
    stages, tally = Stages(ready, suite), Tally()
    try:
        for lane in _plan(stages, chosen, asked, tags):
            with ThreadPoolExecutor(max_workers=TOGETHER) as pool:
                for result in [pool.submit(_take, tally, *stage) for stage in lane]:
                    result.result()
    finally:
        stages.clean()
    return tally.conclude()


def _tagged(stages, chosen, tag):
    addons = [addon for addon in chosen if addon.tests_tagged(tag)]
    return [(stages.tagged, tag, addons)] if addons else []


def _take(tally, stage, *arguments):
    """Go through one stage."""
    began = elapsed()
    outcome = stage(*arguments)
    if outcome:
        tally.add(outcome, began)


def _plan(stages, chosen, asked, tags):
    """Return lists of stages: those of one list may run at the same time."""
    if tags:
        plan = [(stages.alone, addon, tags) for addon in chosen]
        return [plan if asked else [(stages.together, tags)]]
    alone = [(stages.alone, addon) for addon in chosen]
    heavy, last = (_tagged(stages, chosen, tag) for tag in ("heavy", "destructive"))
    if asked:
        browsing = [a.name for a in chosen if a.tests_tagged("browser")]
        together = ",".join(f"browser/{name}" for name in browsing)
        return [alone, [(stages.together, together)] if browsing else [], last]
    # the longest begin, so that none of them is waited for at the end; the suite's own
    # makes its template database itself, while the others' are prepared beside it
    return [
        [
            (stages.together,),
            (stages.prepare,),
            *heavy,
            (selftest.run,),
            *alone,
            *last,
            (uninstall.run, stages),
            (upgrade.run, stages),
        ]
    ]
