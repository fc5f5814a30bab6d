"""On which day somebody works: that on which the shift began."""

from datetime import time, timedelta

LONGEST_BREAK = timedelta(hours=2)
LONGEST_SHIFT = timedelta(hours=14)
# Odoo lets a working time until midnight end a microsecond before
MOMENT = timedelta(seconds=1)


def get_work_day(intervals, moment):
    """Return the day on which the shift that a moment is part of began.

    Working times that follow each other after a break are one shift, and so are those
    of a night before and after midnight. Those that follow at once are two.

    :param list intervals: ``(begin, end)`` of the working times, in order, from a day
        before the moment to a day after it; with the time zone of the work center
    :param datetime moment: in the same time zone
    :return: date; outside of working times that of the moment
    """
    place = _find(intervals, moment)
    if place is None:
        return moment.date()
    start, shift_end = intervals[place]
    for begin, end in reversed(intervals[:place]):
        if not _is_one_shift(begin, end, start) or shift_end - begin > LONGEST_SHIFT:
            break
        start = begin
    return start.date()


def _find(intervals, moment):
    """Return the place of the working time the moment is in, or has a break after."""
    began = [place for place, times in enumerate(intervals) if times[0] <= moment]
    if not began:
        return None
    place = began[-1]
    end = intervals[place][1]
    if moment < end:
        return place
    following = intervals[place + 1 : place + 2]
    if following and following[0][0] - end <= LONGEST_BREAK:
        return place
    return None


def _is_one_shift(begin, end, start):
    pause = start - end
    if pause > MOMENT:
        return pause <= LONGEST_BREAK
    # a calendar that is open day and night has no shifts
    return _is_midnight(start) and not _is_midnight(begin)


def _is_midnight(moment):
    return (moment + MOMENT).time() < time(0, 0, 2)
