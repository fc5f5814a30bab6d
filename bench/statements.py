"""`SQL=1`: where the statements come from that the suite sends beyond Odoo's own."""

from collections import Counter

from bench import work
from bench.inside.steps import NAMES
from tools.base.console import show

ORDERS = (1, 10)


def show_differences(peers):
    """Print per costing method and step what differs between the two databases."""
    for method, title in work.METHODS.items():
        for peer in peers:
            peer.call("recipe", method)
            for _number in range(work.WARM_UP):
                work.live(peer, 1)
        for orders in ORDERS:
            core, suite = (work.live(peer, orders, "trace") for peer in peers)
            show(f"\n== {title}, orders in one call: {orders}")
            for name in NAMES:
                _show_step(name, core[name], suite[name])


def _show_step(name, core, suite):
    """Print the extra statements of one step: by table, then by code."""
    total = [sum(row[-1] for row in rows) for rows in (core, suite)]
    show(f"\n-- {name}: {total[0]} → {total[1]} ({total[1] - total[0]:+d})")
    for (statement,), number in _difference(core, suite, (0,)):
        show(f"  {number:+4d}  {statement}")
    own = Counter()
    for statement, place, core_place, number in suite:
        if place:
            own[place, statement, core_place] += number
    if own:
        show("  asked for by code of the suite:")
    for (place, statement, core_place), number in sorted(own.items()):
        through = f" through {core_place}" if core_place else ""
        show(f"  {number:4d}  {place}  {statement}{through}")
    rest = _difference(core, [row for row in suite if not row[1]], (0, 2))
    if rest:
        show("  asked for by code of Odoo (more or fewer than without the suite):")
    for (statement, place), number in rest:
        show(f"  {number:+4d}  {place}  {statement}")


def _difference(core, suite, columns):
    """Return (key, suite minus core) where they differ, most extra first."""
    counts = Counter()
    for rows, sign in ((core, -1), (suite, 1)):
        for row in rows:
            counts[tuple(row[column] for column in columns)] += sign * row[-1]
    found = [(key, number) for key, number in counts.items() if number]
    return sorted(found, key=lambda item: (-item[1], item[0]))
