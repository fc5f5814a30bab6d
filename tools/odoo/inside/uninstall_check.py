"""Uninstall modules and check what is left.  Runs in Odoo's environment.

Usage: uninstall_check.py CONFIG DATABASE '["module", …]'
"""

import json
import sys

del sys.path[0]

from odoo import SUPERUSER_ID, api  # noqa: E402
from odoo.modules.registry import Registry  # noqa: E402
from odoo.service import server  # noqa: E402
from odoo.tools import config  # noqa: E402

LEFTOVERS = {
    "external ids": (
        "SELECT module || '.' || name FROM ir_model_data WHERE module IN %s"
    ),
    "modules": (
        "SELECT name || ' is ' || state FROM ir_module_module"
        " WHERE name IN %s AND state != 'uninstalled'"
    ),
    # Odoo keeps the record of a foreign key whose column it dropped
    "constraints": (
        "SELECT kept.name FROM ir_model_constraint kept"
        " JOIN ir_module_module module ON module.id = kept.module"
        " JOIN pg_constraint ON pg_constraint.conname = kept.name"
        " WHERE module.name IN %s"
    ),
}
COLUMNS = """
    SELECT replace(field.model, '.', '_'), field.name
      FROM ir_model_fields field
      JOIN ir_model_data data
        ON data.model = 'ir.model.fields' AND data.res_id = field.id
     GROUP BY field.model, field.name
    HAVING bool_and(data.module IN %s)
"""


def main():
    """Complete an order, uninstall, list leftovers, complete another."""
    _script, config_file, database, modules = sys.argv
    modules = json.loads(modules)
    arguments = ["-c", config_file, "-d", database, "--no-http", "--max-cron-threads=0"]
    config.parse_config(arguments, setup_logging=True)
    server.start(preload=[], stop=True)
    with Registry(database).cursor() as cr:
        # what the add-ons keep about real work must not hold them back
        _complete_an_order(api.Environment(cr, SUPERUSER_ID, {}), "before")
    columns = _uninstall(database, modules)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        problems = _leftovers(env, tuple(modules)) + _columns_left(env, columns)
        _complete_an_order(env, "after")
    if problems:
        sys.exit("Left behind after uninstalling:\n" + "\n".join(problems))


def _uninstall(database, modules):
    """Uninstall and return the (table, column) that were the modules' alone."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        cr.execute(COLUMNS, [tuple(modules)])
        columns = cr.fetchall()
        domain = [("name", "in", modules), ("state", "=", "installed")]
        env["ir.module.module"].search(domain).button_immediate_uninstall()
    return columns


def _columns_left(env, columns):
    env.cr.execute("SELECT table_name, column_name FROM information_schema.columns")
    return [f"column: {t}.{c}" for t, c in sorted({*env.cr.fetchall()} & {*columns})]


def _leftovers(env, modules):
    problems = []
    for kind, query in LEFTOVERS.items():
        env.cr.execute(query, [modules])
        problems += [f"{kind}: {name}" for (name,) in env.cr.fetchall()]
    models = env["ir.model"].search([("state", "=", "base")])
    unknown = [model.model for model in models if model.model not in env]
    return problems + [f"models: {name}" for name in unknown]


def _complete_an_order(env, when):
    """Make a product and a by-product from one component, as core alone does it."""
    product, component, byproduct = env["product.product"].create(
        [
            {"name": f"Product {when}", "is_storable": True},
            {"name": f"Component {when}", "is_storable": True, "standard_price": 2},
            {"name": f"By-product {when}", "is_storable": True},
        ]
    )
    bom = env["mrp.bom"].create(
        {
            "product_tmpl_id": product.product_tmpl_id.id,
            "bom_line_ids": [(0, 0, {"product_id": component.id, "product_qty": 1})],
            "byproduct_ids": [(0, 0, {"product_id": byproduct.id, "cost_share": 10})],
        }
    )
    order = env["mrp.production"].create({"product_id": product.id, "bom_id": bom.id})
    order.action_confirm()
    order.qty_producing = 1
    order.set_qty_producing()
    order.button_mark_done()
    if order.state != "done":
        sys.exit(f"An order {when} uninstalling ends {order.state} instead of done.")


main()
