from datetime import timedelta

import pytz

LONGEST_BREAK = timedelta(hours=2)


def get_shift_end(calendar, start, resource=None):
    """End of the shift that a moment is in, or of the next one.

    Working times of the calendar that follow each other after a break of at most two
    hours are one shift; those that follow at once are two.

    :param calendar: ``resource.calendar``, maybe none
    :param datetime start: UTC
    :param resource: ``resource.resource`` whose time zone counts; by default that of
        the calendar
    :return: datetime (UTC), None without working times
    """
    if not calendar:
        return None
    begin = pytz.utc.localize(start)
    until = begin + timedelta(days=3)
    attendances = calendar._attendance_intervals_batch(begin, until, resources=resource)
    end = None
    for work_begin, work_end, _attendance in attendances[
        resource.id if resource else False
    ]:
        if end and not timedelta() < work_begin - end <= LONGEST_BREAK:
            break
        end = work_end
    return end and end.astimezone(pytz.utc).replace(tzinfo=None)
