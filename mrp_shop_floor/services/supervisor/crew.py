from .. import labels
from .base import SupervisorBase


class Crew(SupervisorBase):
    """Who is signed in where, and who works on what, since when."""

    def _get_crew(self, company):
        operators = self._get_operators(company)
        # sudo: presences and clocks of the operators of his company
        presences = (
            self.env["mrp.operator.presence"].sudo()._get_open(operators)
        ).grouped("operator_id")
        logs = (
            self.env["mrp.workcenter.productivity"]
            .sudo()
            .search(
                [("operator_id", "in", operators.ids), ("date_end", "=", False)],
                order="date_start",
            )
            .grouped("operator_id")
        )
        phones = self.env["mrp.shop.floor.sign.in"]._get_current(operators)
        crew = [
            labels.person(operator)
            | {
                "at": [
                    {
                        "place": p.workcenter_id.name,
                        "since": labels.moment(p.date_start),
                    }
                    for p in presences.get(operator, ())
                ],
                "works": [
                    {
                        "id": log.workorder_id.id,
                        "operation": log.workorder_id.name,
                        "order": log.workorder_id.production_id.name,
                        "place": log.workcenter_id.name,
                        "since": labels.moment(log.date_start),
                    }
                    for log in logs.get(operator, ())
                ],
                "phone": labels.moment(phones.get(operator, False)),
            }
            for operator in operators
        ]
        # who is there first, who works first of those
        return sorted(
            crew,
            key=lambda one: (
                not one["works"],
                not one["at"],
                not one["phone"],
                one["name"],
            ),
        )

    def _get_operators(self, company):
        # sudo: supervisors need not see employees; the names of the company's operators
        return (
            self.env["hr.employee"]
            .sudo()
            .search(
                [("is_operator", "=", True), ("company_id", "=", company.id)],
                order="name",
                limit=200,
            )
        )
