from odoo.tools import SQL


def uninstall_hook(env):
    """What was taken back would count again once nothing says that it was."""
    cr = env.cr
    cr.execute(SQL("DELETE FROM mrp_time_correction"))
    cr.execute(SQL("DELETE FROM mrp_workcenter_productivity WHERE active IS FALSE"))
