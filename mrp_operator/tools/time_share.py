"""Sharing the time of one person among what he does at the same time.

Seconds are integers and add up exactly to the time he was at work: what two clocks ran
for together counts once.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from odoo.addons.mrp_run_cost.tools import largest_remainder


@dataclass
class Clock:
    """A clock of one person.

    :param key: whatever tells it apart
    :param start: when it was started
    :param end: when it was stopped; None as long as it runs
    :param weight: its part of time that it shares with others
    :param fixed: ``(regular, overtime)`` seconds that are booked and stay as they are
    """

    key: object
    start: datetime
    end: datetime | None
    weight: float = 1
    fixed: tuple | None = None


def share_time(clocks, working=None, until=None):
    """Seconds charged to each clock.

    A stretch of time that several clocks share is split by their weights, equally when
    they have none. What a running clock takes of a stretch is its own, too.

    :param clocks: list of ``Clock`` of one person
    :param working: list of ``(start, end)`` of working hours; None: nothing is overtime
    :param datetime until: how long running clocks run; by default until the last one
        was stopped
    :return: dict from the key of each clock to ``(regular, overtime)`` in seconds
    """
    if until is None:
        until = max((c.end for c in clocks if c.end), default=None)
    if until is None:
        return {clock.key: (0, 0) for clock in clocks}
    ends = {clock.key: clock.end or max(until, clock.start) for clock in clocks}
    result = {}
    for cluster in _get_clusters(clocks, ends):
        result |= _share_cluster(cluster, ends, working)
    return result


def _get_clusters(clocks, ends):
    """:return: list of lists of clocks that overlap, directly or through others"""
    clusters, finish = [], None
    for clock in sorted(clocks, key=lambda c: (c.start, ends[c.key])):
        if finish is None or clock.start >= finish:
            clusters.append([])
            finish = ends[clock.key]
        clusters[-1].append(clock)
        finish = max(finish, ends[clock.key])
    return clusters


def _share_cluster(clocks, ends, working):
    kinds = ({}, {})
    totals = [0, 0]
    for start, end, overtime in _get_stretches(clocks, ends, working):
        seconds = int((end - start).total_seconds())
        running = [c for c in clocks if c.start <= start and ends[c.key] >= end]
        totals[overtime] += seconds
        weights = [Fraction(max(c.weight, 0)) for c in running]
        if not any(weights):
            weights = [Fraction(1)] * len(running)
        whole = sum(weights)
        for clock, weight in zip(running, weights, strict=True):
            shares = kinds[overtime]
            shares[clock.key] = shares.get(clock.key, 0) + seconds * weight / whole
    parts = [
        _share_rest(clocks, total, shares, kind)
        for kind, (total, shares) in enumerate(zip(totals, kinds, strict=True))
    ]
    return {clock.key: (parts[0][clock.key], parts[1][clock.key]) for clock in clocks}


def _get_stretches(clocks, ends, working):
    """:return: list of ``(start, end, overtime)`` between which nothing changes, where
    at least one clock runs
    """
    if len(clocks) == 1 and working is None:
        clock = clocks[0]
        return [(clock.start, ends[clock.key], False)]
    moments = {clock.start for clock in clocks} | set(ends.values())
    first, last = min(moments), max(moments)
    moments |= {m for span in working or () for m in span if first < m < last}
    moments = sorted(moments)
    stretches = []
    for start, end in zip(moments, moments[1:], strict=False):
        if any(c.start <= start and ends[c.key] >= end for c in clocks):
            overtime = working is not None and not any(
                begin <= start and end <= finish for begin, finish in working
            )
            stretches.append((start, end, overtime))
    return stretches


def _share_rest(clocks, total, shares, kind):
    """:return: dict from key to whole seconds, with those that are fixed as they are"""
    parts = {clock.key: clock.fixed[kind] for clock in clocks if clock.fixed}
    rest = max(total - sum(parts.values()), 0)
    keys = [clock.key for clock in clocks if not clock.fixed]
    weights = [shares.get(key, 0) for key in keys]
    if not any(weights):
        return parts | dict.fromkeys(keys, 0)
    return parts | dict(zip(keys, largest_remainder(rest, weights), strict=True))


def get_moment(spans, seconds):
    """When so many seconds of these spans, overlaps counted once, are over.

    :param spans: list of ``(start, end)``
    :param seconds: positive
    :return: datetime; None when they are shorter than that
    """
    finish = None
    for start, end in sorted(spans):
        start = max(start, finish) if finish else start
        if end <= start:
            continue
        length = (end - start).total_seconds()
        if seconds <= length:
            return start + (end - start) * (seconds / length)
        seconds -= length
        finish = end
    return None
