"""People with phones, and what they work on."""

from odoo import Command

PASSWORD = "a phone on the shop floor"


class Phones:
    """Operators with users, each planned for an operation of his own."""

    def __init__(self, env, workorders):
        self.env = env
        self.workorders = workorders

    def make(self):
        """Return a list of dicts: login, password and operation of each."""
        env = self.env(su=True)
        company = env.company
        company.write({"mrp_operator_tracking": True, "mrp_delay_tracking": True})
        group = env.ref("mrp_operator.mrp_operator_group_operator")
        users = env["res.users"].create(
            [
                {
                    "name": f"Phone {number}",
                    "login": f"phone{number}",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [
                        Command.set((env.ref("base.group_user") | group).ids)
                    ],
                }
                for number in range(len(self.workorders))
            ]
        )
        self._set_passwords(users)
        phones = []
        for user, workorder in zip(users, self.workorders, strict=True):
            operator = env["hr.employee"].create(
                {"name": user.name, "user_id": user.id, "is_operator": True}
            )
            workorder.operator_ids = operator
            phones.append(
                {
                    "login": user.login,
                    "password": PASSWORD,
                    "workorder": workorder.id,
                }
            )
        return phones

    def _set_passwords(self, users):
        """One hash for all: hashing is slow by design."""
        users[0].password = PASSWORD
        users.flush_recordset()
        self.env.cr.execute(
            """
            UPDATE res_users SET password = (
                SELECT password FROM res_users WHERE id = %s
            ) WHERE id IN %s
            """,
            (users[0].id, tuple(users.ids)),
        )
        users.invalidate_recordset()
