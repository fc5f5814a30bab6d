from odoo.addons.mrp_live_board.tools import open_operations


def migrate(cr, version):
    """Write down the open operations there are; what found them before goes."""
    open_operations.rebuild(cr)
    cr.execute("DROP INDEX IF EXISTS mrp_workorder_open_production_index")
