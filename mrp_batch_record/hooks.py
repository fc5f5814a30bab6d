from odoo.tools import SQL, sql

# what batch records hold outlives the add-on
KEPT = ("mrp_batch_seal", "mrp_batch_link", "mrp_batch_person")
ARCHIVE = "{}_archive"


def pre_init_hook(env):
    """Take up again what an earlier uninstallation left as an archive."""
    for table in KEPT:
        _rename(env.cr, ARCHIVE.format(table), table)


def post_init_hook(env):
    """Records are an index of the seal: make those of earlier entries again."""
    env["mrp.batch.record"]._rebuild()


def uninstall_hook(env):
    """What batch records hold stays in the database, as tables of no add-on."""
    env["mrp.batch.link"]._link_all()
    for table in KEPT:
        _rename(env.cr, table, ARCHIVE.format(table))


def _rename(cr, old, new):
    if sql.table_exists(cr, old) and not sql.table_exists(cr, new):
        cr.execute(
            SQL("ALTER TABLE %s RENAME TO %s", SQL.identifier(old), SQL.identifier(new))
        )
