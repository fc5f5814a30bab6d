from . import models
from .tools import open_operations


def post_init_hook(env):
    """Lay out the working time of what is there, and learn from what was done."""
    env["mrp.calendar.axis"]._cron_refresh()
    env["mrp.operation.pace"]._cron_refresh()
    open_operations.rebuild(env.cr)


def uninstall_hook(env):
    """Operations are kept no more."""
    open_operations.uninstall(env.cr)
