"""The work that is measured, in both databases by turns."""

from dataclasses import dataclass

from bench.inside.steps import NAMES

METHODS = {
    "standard": "standard, periodic",
    "avco": "AVCO, real time",
    "fifo": "FIFO, real time",
}
WARM_UP = 3
# entries of batch records that are verified, and orders that are closed at once
ENTRIES = 100_000
CLOSERS = 8


@dataclass(frozen=True)
class Mode:
    """How many orders go through the steps together, and how often per round."""

    key: str
    title: str
    orders: int
    repeats: int


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    modes: tuple
    rounds: int
    most_rounds: int


FULL = Plan(
    (
        Mode("single", "one by one", 1, 20),
        Mode("batch", "100 orders in one call", 100, 1),
    ),
    rounds=3,
    most_rounds=7,
)
QUICK = Plan(
    (
        Mode("single", "one by one", 1, 8),
        Mode("batch", "20 orders in one call", 20, 1),
    ),
    rounds=1,
    most_rounds=1,
)


def measure(peers, method, mode):
    """Return, per repeat, what each step took on either side.

    The sides take turns step by step, and in who goes first, so that whatever else
    the machine does meanwhile hits both.
    """
    for peer in peers:
        peer.call("recipe", method)
        for _number in range(WARM_UP):
            live(peer, 1)
    return [_repeat(peers, mode, number) for number in range(mode.repeats)]


def live(peer, orders, how="step"):
    """Take new orders through all steps on one side; return the answers."""
    peer.call("begin", orders)
    answers = {name: peer.call(how, name) for name in NAMES}
    peer.call("check")
    return answers


def _repeat(peers, mode, number):
    turns = peers if number % 2 == 0 else peers[::-1]
    taken = {peer.side: {} for peer in peers}
    for peer in peers:
        peer.call("begin", mode.orders)
    for name in NAMES:
        for peer in turns:
            taken[peer.side][name] = peer.call("step", name)
    for peer in peers:
        peer.call("check")
    return taken
