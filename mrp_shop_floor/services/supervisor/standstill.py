from odoo import fields
from odoo.exceptions import UserError

from .. import labels
from .requests import STOP, Requests

MOST = 50
MOST_LATE = 50
OPEN_ORDERS = ("confirmed", "progress", "to_close")


class Standstill(Requests):
    """What stands, what waits for a reason, and what runs late."""

    def unblock(self, workcenter_id):
        """The work center runs again."""
        company = self._enter()
        workcenter = self._get_workcenters(company).filtered(
            lambda wc: wc.id == workcenter_id
        )
        if not workcenter:
            raise UserError(self.env._("There is no such work center here."))
        if workcenter.working_state == "blocked":
            workcenter.unblock()
        return self._done(
            self.env._("%(workcenter)s runs again.", workcenter=workcenter.name)
        )

    def explain(self, delay_id, reason_id, note=""):
        """Say why something stood, or was late."""
        company = self._enter()
        key = delay_id if self._is_id(delay_id) else 0
        delay = self._get_pending(company, [("id", "=", key)])
        if not delay:
            raise UserError(self.env._("Somebody gave the reason already."))
        reason = self._find_reason(reason_id)
        delay._classify([{"reason_id": reason, "note": self._clean(note)}])
        return self._done(
            self.env._(
                "%(delay)s: %(reason)s.", delay=delay.display_name, reason=reason.name
            )
        )

    def _get_pending(self, company, domain=()):
        # sudo: supervisors have no rights of manufacturing; they settle why things
        # stood on their floor, also after the shift
        return (
            self.env["mrp.delay"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "pending"),
                    *domain,
                ],
                limit=MOST,
            )
        )

    def _get_delays(self, company, reasons):
        delays = self._get_pending(company)
        kinds = dict(delays._fields["kind"]._description_selection(self.env))
        return [
            self._fit(
                reasons,
                STOP,
                company,
                delay.workcenter_id or delay.production_id.workorder_ids.workcenter_id,
                delay.product_id,
            )
            | {
                "id": delay.id,
                "kind": kinds[delay.kind],
                "operation": delay.workorder_id.name or "",
                "order": delay.production_id.name or "",
                "place": delay.workcenter_id.name or "",
                "by": delay.user_id.name or "",
                "from": labels.moment(delay.date_start),
                "to": labels.moment(delay.date_end),
                "minutes": delay.minutes,
            }
            for delay in delays
        ]

    # Blocked

    def _get_workcenters(self, company):
        # sudo: work centers of his company, whatever rights of manufacturing he has
        return (
            self.env["mrp.workcenter"]
            .sudo()
            .search([("company_id", "in", (company.id, False))])
        )

    def _get_blocked(self, company):
        blocked = self._get_workcenters(company).filtered(
            lambda wc: wc.working_state == "blocked"
        )
        if not blocked:
            return []
        # sudo: why a machine stands, and who said so
        logs = (
            self.env["mrp.workcenter.productivity"]
            .sudo()
            .search(
                [
                    ("workcenter_id", "in", blocked.ids),
                    ("workorder_id", "=", False),
                    ("date_end", "=", False),
                ]
            )
            .grouped("workcenter_id")
        )
        waiting = self._get_workorders_of(
            company, [("workcenter_id", "in", blocked.ids)], limit=200
        ).grouped("workcenter_id")
        rows = []
        for workcenter in blocked:
            log = logs.get(workcenter, self.env["mrp.workcenter.productivity"])[:1]
            rows.append(
                {
                    "id": workcenter.id,
                    "name": workcenter.name,
                    "reason": log.mrp_reason_id.name or log.loss_id.name or "",
                    "note": log.description or "",
                    "by": log.user_id.name or "",
                    "since": labels.moment(log.date_start),
                    "waiting": [
                        f"{wo.name} · {wo.production_id.name}"
                        for wo in waiting.get(workcenter, ())
                    ],
                }
            )
        return rows

    # Late

    def _get_late(self, company):
        """:return: list of dicts about open orders after their frozen end, the latest
        first
        """
        orders = self.env["mrp.production"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", OPEN_ORDERS),
                ("baseline_end", "<", fields.Datetime.now()),
            ],
            order="baseline_end",
            limit=MOST_LATE,
        )
        # sudo: reasons and clocks of orders he sees
        orders = orders.sudo()
        delays = (
            self.env["mrp.delay"]
            .sudo()
            .search([("production_id", "in", orders.ids), ("line_ids", "!=", False)])
            .grouped("production_id")
        )
        now = fields.Datetime.now()
        return [self._describe_late(order, delays.get(order), now) for order in orders]

    @staticmethod
    def _describe_late(order, delays, now):
        left = order.workorder_ids.filtered(
            lambda wo: wo.state not in ("done", "cancel")
        )
        end = order.date_finished
        return {
            "id": order.id,
            "order": order.name,
            "product": order.product_id.display_name,
            "priority": order.priority == "1",
            "due": labels.moment(order.baseline_end),
            "hours": order.baseline_lateness,
            # what the plan says now; a plan that is over says nothing
            "expected": labels.moment(end) if end and end > now else False,
            "left": sum(max(wo.duration_expected - wo.duration, 0) for wo in left),
            "operations": [
                {"id": wo.id, "name": wo.name, "place": wo.workcenter_id.name}
                for wo in left
            ],
            "reasons": sorted(set(delays.line_ids.reason_id.mapped("name")))
            if delays
            else [],
        }
