"""The logins of the demo, one per role, read from its database."""

from tools.base.console import show

DEMO_USERS = """
    SELECT users.login, coalesce(partner.function, ''), partner.name
      FROM ir_model_data data
      JOIN res_users users ON users.id = data.res_id
      JOIN res_partner partner ON partner.id = users.partner_id
     WHERE data.model = 'res.users' AND data.module = ANY(%s)
       AND data.name LIKE 'user\\_%%\\_demo' AND users.active
     ORDER BY users.id
"""


def read(databases, database, modules):
    """Return (login, role, name) of the administrator and of the suite's people."""
    rows = databases.query(database, DEMO_USERS, list(modules))
    return [("admin", "Administrator", "Mitchell Admin"), *map(tuple, rows)]


def show_all(address, logins):
    """Print where the demo is and who may enter it."""
    width = max(len(login) for login, _role, _name in logins)
    show()
    show(f"  Odoo is at {address}")
    show()
    show("  The password is the login.")
    for login, role, name in logins:
        show(f"    {login:<{width}}  {role or name}")
    show()
