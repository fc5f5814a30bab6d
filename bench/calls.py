"""Starting and finishing an operation, in both databases by turns."""

from statistics import median

STEPS = ("start", "finish")
REPEATS = 30
WARM_UP = 3


def measure(peers, repeats=REPEATS):
    """Return per step the queries of either side and the ratio of CPU times."""
    for peer in peers:
        peer.call("prepare_calls", repeats + WARM_UP)
    taken = {step: [] for step in STEPS}
    for number in range(repeats + WARM_UP):
        turns = peers if number % 2 == 0 else peers[::-1]
        for step in STEPS:
            figures = {peer.side: peer.call("operate", step) for peer in turns}
            if number >= WARM_UP:
                taken[step].append(figures)
        for peer in peers:
            peer.call("next_operation")
    return {step: _summarize(figures) for step, figures in taken.items()}


def _summarize(figures):
    return {
        "ratio": median(_cpu(each["suite"]) / _cpu(each["core"]) for each in figures),
        **{
            side: median(each[side]["queries"] for each in figures)
            for side in ("core", "suite")
        },
    }


def _cpu(taken):
    return taken["process"] + taken["database"]
