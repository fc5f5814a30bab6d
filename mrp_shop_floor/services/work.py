from odoo import fields

from . import asking, labels
from .base import SUPERVISOR, Service
from .run import RunService
from .sign import SignService
from .supervisor.service import SupervisorService

MOST = 60
MOST_RUNS = 12


class WorkService(Service):
    """What do I do now? Running, ready, and blocked with the reason why."""

    def list(self, workcenter_id=None):
        """My work, in the planner's order, with what a device needs without network.

        :param int workcenter_id: only what is done there
        """
        operator = self._get_sign_in().operator_id
        self._as_operator(operator)
        domain = []
        if isinstance(workcenter_id, int) and workcenter_id:
            domain.append(("workcenter_id", "=", workcenter_id))
        if operator.company_id.mrp_operator_tracking:
            domain += self._get_domain_of(operator)
        workorders = self._get_workorders(operator, domain, MOST + 1)
        runs = RunService(self.env, self.device, self.token)
        rows = self._get_rows(workorders[:MOST], operator)
        first = [row["id"] for row in rows if row["group"] != "blocked"][:MOST_RUNS]
        return self._answer(
            "my_work",
            {
                "rows": rows,
                "more": len(workorders) > MOST,
                "runs": runs.describe(workorders.browse(first), operator),
                "workcenters": self._get_workcenters(operator),
                "colleagues": self._get_colleagues(operator),
                "to_sign": self._count_to_sign(operator),
                "for_supervisor": self._count_for_supervisor(operator),
                "now": labels.moment(fields.Datetime.now()),
            },
        )

    def _count_to_sign(self, operator):
        if not operator.company_id.mrp_batch_record:
            return 0
        return len(SignService(self.env, self.device)._get_pending(operator))

    def _count_for_supervisor(self, operator):
        """:return: int, how many wait for a supervisor, if he is one"""
        if operator.user_id != self.env.user or not self.env.user.has_group(SUPERVISOR):
            return 0
        return SupervisorService.count_waiting(self.env, operator.company_id)

    def find(self, code):
        """A work order's code was scanned.

        :param str code: the address in its QR code, or its barcode
        """
        operator = self._get_sign_in().operator_id
        self._as_operator(operator)
        code = code.strip() if isinstance(code, str) else ""
        tail = code.rsplit("/wo/", 1)[-1]
        domain = [("barcode", "=", code)]
        if tail.isdecimal() and "/wo/" in code:
            domain = [("id", "=", int(tail[:9]))]
        workorder = self._get_workorders(operator, domain, 1) if code else None
        if not workorder:
            return self._answer(
                message={
                    "kind": "danger",
                    "text": self.env._(
                        "%(code)s is no operation that can be worked on here.",
                        code=code[:60],
                    ),
                }
            )
        return RunService(self.env, self.device, self.token).open(workorder.id)

    def _get_domain_of(self, operator):
        """:return: domain of his work: unless somebody is planned it is everybody's"""
        return [
            "|",
            "|",
            ("operator_ids", "=", False),
            ("operator_ids", "in", operator.ids),
            ("working_operator_ids", "in", operator.ids),
        ]

    def _get_rows(self, workorders, operator):
        waiting = workorders.filtered(lambda wo: wo.state != "progress")
        problems = workorders - workorders.filtered("working_operator_ids")
        problems = problems._get_start_problems(operator)
        blocks = self._get_blocks(workorders.workcenter_id)
        stuck = workorders.filtered(lambda wo: wo in problems)
        ways = asking.describe_ways(stuck, operator)
        rows = []
        for workorder in workorders:
            row = RunService.summarize(workorder, operator)
            why = blocks.get(workorder.workcenter_id) or []
            if workorder in waiting and workorder.state == "blocked":
                why = why + [self._get_wait(workorder)]
            why = why + problems.get(workorder, [])
            if row["running"]:
                row["group"] = "running"
            elif why:
                row["group"] = "blocked"
            else:
                row["group"] = "ready"
            rows.append(row | {"why": why, "ask": ways.get(workorder, False)})
        return rows

    def _get_blocks(self, workcenters):
        """:return: dict from blocked work centers to a list with a sentence"""
        blocked = workcenters.filtered(lambda wc: wc.working_state == "blocked")
        if not blocked:
            return {}
        logs = self.env["mrp.workcenter.productivity"].sudo()
        # sudo: why a machine stands is told to whoever wants to work there
        groups = logs.search(
            [
                ("workcenter_id", "in", blocked.ids),
                ("workorder_id", "=", False),
                ("date_end", "=", False),
            ]
        ).grouped("workcenter_id")
        sentences = {}
        for workcenter in blocked:
            log = groups.get(workcenter, logs)[:1]
            sentences[workcenter] = [
                self.env._(
                    "%(workcenter)s is blocked: %(reason)s. Ask a supervisor.",
                    workcenter=workcenter.name,
                    reason=log.mrp_reason_id.name or log.loss_id.name or "–",
                )
            ]
        return sentences

    def _get_wait(self, workorder):
        before = workorder.blocked_by_workorder_ids or (
            workorder.production_id.workorder_ids.filtered(
                lambda wo: wo.sequence < workorder.sequence
            )
        )
        before = before.filtered(lambda wo: wo.state not in ("done", "cancel"))
        return self.env._(
            "Waits for %(operations)s.",
            operations=", ".join(before.mapped("name")) or self.env._("the one before"),
        )

    def _get_workcenters(self, operator):
        # sudo: the names of the work centers of his company
        workcenters = (
            self.env["mrp.workcenter"]
            .sudo()
            .search([("company_id", "in", (operator.company_id.id, False))])
        )
        return [{"id": wc.id, "name": wc.name} for wc in workcenters]

    def _get_colleagues(self, operator):
        # sudo: the names of those he may hand over to
        colleagues = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("is_operator", "=", True),
                    ("company_id", "=", operator.company_id.id),
                    ("id", "!=", operator.id),
                ],
                order="name",
                limit=100,
            )
        )
        return [labels.person(colleague) for colleague in colleagues]
