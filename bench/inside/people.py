"""Questions about people: who may do it, and starting and finishing what they do."""

import time

from odoo import Command

from odoo.addons.mrp_reason_code.tools import as_server

OPERATORS = 200
WORKCENTERS = 50
WORKORDERS = 500
REPEATS = 5


class People:
    """Operators with qualifications, and work centers that ask for them."""

    def __init__(self, env):
        self.env = env
        self._make(env(su=True))
        env.cr.commit()

    def _make(self, env):
        env.company.mrp_operator_tracking = True
        kind = env["hr.skill.type"].create(
            {
                "name": "Machines",
                "skill_ids": [
                    Command.create({"name": f"Machine {number}"})
                    for number in range(WORKCENTERS)
                ],
                "skill_level_ids": [
                    Command.create({"name": "Able", "level_progress": 60})
                ],
            }
        )
        self.kind, self.level = kind, kind.skill_level_ids
        self.operators = env["hr.employee"].create(
            [
                {"name": f"Operator {number}", "is_operator": True}
                for number in range(OPERATORS)
            ]
        )
        self.workcenters = env["mrp.workcenter"].create(
            [
                {
                    "name": f"Machine {number}",
                    "skill_requirement_ids": [Command.create(self._ask(skill))],
                }
                for number, skill in enumerate(kind.skill_ids)
            ]
        )
        # every operator can do every tenth
        self._qualify(
            [
                (operator, skill)
                for place, operator in enumerate(self.operators)
                for skill in kind.skill_ids[place % 10 :: 10]
            ]
        )
        self.workorders = self._make_workorders(env)

    def _ask(self, skill):
        return {"skill_id": skill.id, "skill_level_id": self.level.id}

    def _qualify(self, pairs):
        rows = self.operators.env["hr.employee.skill"].create(
            [
                {
                    "employee_id": operator.id,
                    "skill_type_id": self.kind.id,
                    "skill_id": skill.id,
                    "skill_level_id": self.level.id,
                    "valid_from": "2020-01-01",
                }
                for operator, skill in pairs
            ]
        )
        as_server(rows).write(
            {
                "validated_by_id": self.env.ref("base.user_root").id,
                "validated_progress": self.level.level_progress,
            }
        )

    def _make_workorders(self, env):
        product = env["product.product"].create({"name": "Part"})
        order = env["mrp.production"].create(
            {"product_id": product.id, "product_qty": 1}
        )
        return env["mrp.workorder"].create(
            [
                {
                    "name": f"Step {number}",
                    "production_id": order.id,
                    "workcenter_id": self.workcenters[number % WORKCENTERS].id,
                }
                for number in range(WORKORDERS)
            ]
        )

    def answer(self):
        """Return per question its statements and seconds, medians of the repeats."""
        return {
            "matrix": self._ask_both(
                lambda share: self.env["mrp.skill.requirement"].get_matrix(
                    self.workcenters[: WORKCENTERS // share].ids
                )
            ),
            "gate": self._ask_both(
                lambda share: (
                    self.env["mrp.workorder"]
                    .browse(self.workorders[: WORKORDERS // share].ids)
                    ._get_qualification_problems(
                        self.env["hr.employee"].browse(self.operators[0].id)
                    )
                )
            ),
        }

    def _ask_both(self, question):
        """Ask about all, and about a tenth, which takes as many statements."""
        tenth, answer = self._measure(question, 10), self._measure(question, 1)
        return answer | {"queries_tenth": tenth["queries"]}

    def _measure(self, question, share):
        figures = []
        for _repeat in range(REPEATS):
            self.env.flush_all()
            self.env.invalidate_all()
            queries, began = self.env.cr.sql_log_count, time.perf_counter()
            question(share)
            seconds = time.perf_counter() - began
            figures.append((seconds, self.env.cr.sql_log_count - queries))
            self.env.cr.rollback()
        seconds, queries = sorted(figures)[len(figures) // 2]
        return {"seconds": seconds, "queries": queries}


def guard(env, workcenters):
    """Let work centers ask for a qualification, and one operator have it.

    :return: the operator
    """
    su = env(su=True)
    people = People.__new__(People)
    people.env = env
    su.company.mrp_operator_tracking = True
    people.kind = su["hr.skill.type"].create(
        {
            "name": "Reference",
            "skill_ids": [Command.create({"name": "Reference"})],
            "skill_level_ids": [Command.create({"name": "Able", "level_progress": 60})],
        }
    )
    people.level = people.kind.skill_level_ids
    people.operators = su["hr.employee"].create(
        {"name": "Operator", "is_operator": True}
    )
    people._qualify([(people.operators, people.kind.skill_ids)])
    for workcenter in workcenters:
        workcenter.skill_requirement_ids = [
            Command.create(people._ask(people.kind.skill_ids))
        ]
    return people.operators
