"""How a corrected receipt changes the cost of what was issued after it.

Average cost and FIFO are linear in the values of the receipts as long as quantities
stay the same. So it is enough to replay the *differences*: the history is run once,
every receipt carrying what its value changed by.
"""

from collections import deque


class AverageStream:
    """Moving average of the differences, the way core's AVCO replays it."""

    def __init__(self):
        self.quantity = 0.0
        self.unit = 0.0

    def receive(self, quantity, delta):
        held = max(self.quantity, 0.0)
        if held:
            self.unit = (self.unit * held + delta) / (held + quantity)
        elif quantity:
            self.unit = delta / quantity
        self.quantity += quantity

    def issue(self, quantity):
        self.quantity -= quantity
        return self.unit * quantity

    def reprice(self):
        """A price set by hand overrules what was received before."""
        self.unit = 0.0


class FifoStream:
    """First in, first out; issues beyond the stock cost what the last receipt cost."""

    def __init__(self):
        self.stack = deque()
        self.last_unit = 0.0

    def receive(self, quantity, delta):
        self.last_unit = delta / quantity if quantity else 0.0
        self.stack.append([quantity, self.last_unit])

    def issue(self, quantity):
        delta = 0.0
        while quantity > 0 and self.stack:
            first = self.stack[0]
            taken = min(first[0], quantity)
            delta += taken * first[1]
            first[0] -= taken
            quantity -= taken
            if first[0] <= 0:
                self.stack.popleft()
        return delta + quantity * self.last_unit

    def reprice(self):
        """FIFO knows no price set by hand."""


def replay_deltas(events, changes, fifo=False):
    """Replay a product's history.

    :param events: iterable, oldest first, of ``(kind, move_id, stream, quantity)``:
        kind is ``"in"``, ``"out"`` or ``"price"``; stream is the lot for products
        valued by lot, else anything constant; quantity in the product's unit
    :param dict changes: change of value per id of a receipt, in company currency
    :param bool fifo: first in, first out instead of moving average
    :return: dict from id of an issue to the change of its cost, zeros left out
    """
    make_stream = FifoStream if fifo else AverageStream
    streams = {}
    received = {}
    events = list(events)
    for kind, move_id, _stream, quantity in events:
        if kind == "in":
            received[move_id] = received.get(move_id, 0.0) + quantity
    deltas = {}
    for kind, move_id, key, quantity in events:
        if kind == "price":
            for stream in streams.values():
                stream.reprice()
            continue
        stream = streams.setdefault(key, make_stream())
        if kind == "in":
            whole = received[move_id]
            part = quantity / whole if whole else 0.0
            stream.receive(quantity, changes.get(move_id, 0.0) * part)
        elif delta := stream.issue(quantity):
            deltas[move_id] = deltas.get(move_id, 0.0) + delta
    return deltas
