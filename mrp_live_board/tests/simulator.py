"""A shop in plain Python, worked through step by step: the board is held against it.

No prefix sums, no positions, no windows: calendars are lists of intervals that are
walked along.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Calendar:
    """Working intervals, in order; what comes after the last is never reached."""

    intervals: list

    def add(self, moment, seconds):
        """:return: datetime when so many seconds have been worked from a moment on"""
        left = timedelta(seconds=seconds)
        for start, end in self.intervals:
            start = max(start, moment)
            if start >= end:
                continue
            if left <= end - start and left:
                return start + left
            if not left:
                return moment
            left -= end - start
        raise AssertionError("The calendar is too short")

    def between(self, begin, end):
        """:return: seconds worked between two moments"""
        return sum(
            max((min(b, end) - max(a, begin)).total_seconds(), 0)
            for a, b in self.intervals
        )


@dataclass
class Center:
    calendar: Calendar
    places: int = 1


@dataclass
class Operation:
    run: int
    center: int
    seconds: float
    place: tuple
    release: datetime
    is_running: bool = False
    begin: datetime = field(default=None)
    end: datetime = field(default=None)


def expect(now, centers, operations):
    """What the board promises, worked out the long way.

    :param list operations: ``Operation``, each run's in the order of its steps
    :return: dict of run to datetime
    """
    for number, center in enumerate(centers):
        queue = sorted(
            (each for each in operations if each.center == number),
            key=lambda each: each.place,
        )
        worked, idle = 0.0, 0.0
        for each in queue:
            if not each.is_running:
                release = center.calendar.between(now, max(each.release, now))
                idle = max(idle, release - worked / center.places)
            start = 0 if each.is_running else worked / center.places + idle
            each.end = center.calendar.add(now, start + each.seconds)
            worked += each.seconds
    ends = {}
    for run in {each.run for each in operations}:
        steps = [each for each in operations if each.run == run]
        last = centers[steps[-1].center].calendar
        tail, latest = 0.0, now
        for step in reversed(steps):
            latest = max(latest, last.add(step.end, tail), step.release)
            tail += step.seconds
        ends[run] = latest
    return ends


def work(now, centers, operations):
    """What happens when everybody takes the first of the queue that may begin.

    :return: dict of run to datetime
    """
    ends, free = {}, {}
    for number, center in enumerate(centers):
        free[number] = [now] * center.places
    waiting = list(operations)
    ready = {each.run: now for each in operations}
    while waiting:
        heads = {}
        for each in waiting:
            heads.setdefault(each.run, each)
        best = None
        for each in heads.values():
            calendar = centers[each.center].calendar
            moment = max(ready[each.run], each.release, min(free[each.center]))
            begin = calendar.add(calendar.add(moment, 0.001), 0)
            key = begin, each.place
            if best is None or key < best[0]:
                best = key, each, moment
        (begin, _place), each, moment = best
        end = centers[each.center].calendar.add(moment, each.seconds)
        places = free[each.center]
        places[places.index(min(places))] = end
        each.begin, each.end = begin, end
        ready[each.run] = ends[each.run] = end
        waiting.remove(each)
    return ends
