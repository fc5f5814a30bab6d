from . import models


def post_init_hook(env):
    """Lay out the working time of what is there, and learn from what was done."""
    env["mrp.calendar.axis"]._cron_refresh()
    env["mrp.operation.pace"]._cron_refresh()
