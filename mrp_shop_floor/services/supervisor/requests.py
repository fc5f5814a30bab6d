from odoo.exceptions import UserError

from odoo.addons.mrp_operator_skill.models.mrp_skill_override import REQUESTED

from .. import labels
from .base import SupervisorBase

MOST = 50
OVERRIDE = ("override",)
STOP = ("delay", "downtime")
ALL = OVERRIDE + STOP


class Requests(SupervisorBase):
    """What people wait for: help, and overrides."""

    def answer(self, help_id, text):
        """Answer who asked for help."""
        self._enter()
        requests = self.env["mrp.shop.floor.help"]
        request = requests.browse(help_id if self._is_id(help_id) else 0).exists()
        if not request:
            raise UserError(self.env._("Nobody waits for this any more."))
        request._answer(self._clean(text))
        return self._done()

    def decide(self, override_id, approve, reason_id=None, note=""):
        """Let somebody do it all the same, or not.

        Who may decide, and that it needs a reason, the model says.
        """
        self._enter()
        overrides = self.env["mrp.skill.override"]
        override = overrides.browse(
            override_id if self._is_id(override_id) else 0
        ).exists()
        if not override or override.state != REQUESTED:
            raise UserError(self.env._("It was decided about already."))
        if approve is not True:
            override.action_refuse()
            return self._done(self.env._("Refused."))
        override._check_may_decide()
        override.write(
            {
                "reason_id": self._find_reason(reason_id).id,
                "note": self._clean(note) or override.note,
            }
        )
        override.action_approve()
        return self._done(self.env._("Approved."))

    def _get_help(self, company):
        requests = self.env["mrp.shop.floor.help"].search(
            [("company_id", "=", company.id), ("state", "=", "open")],
            order="id",
            limit=MOST,
        )
        topics = dict(requests._fields["topic"]._description_selection(self.env))
        # sudo: supervisors need not see employees; the name of who asks
        return [
            {
                "id": request.id,
                "operator": request.operator_id.name,
                "place": request.workorder_name or "",
                "workcenter": request.workorder_id.workcenter_id.name or "",
                "topic": topics[request.topic],
                "note": request.note or "",
                "at": labels.moment(request.date),
                "asked": request._get_asked_names(),
            }
            for request in requests.sudo()
        ]

    def _get_overrides(self, company, reasons):
        overrides = self.env["mrp.skill.override"].search(
            [("company_id", "=", company.id), ("state", "=", REQUESTED)],
            order="id",
            limit=MOST,
        )
        rows = []
        for override in overrides:
            # sudo: supervisors need not see employees and work centers
            known = override.sudo()
            order = known.workorder_id
            rows.append(
                self._fit(
                    reasons, OVERRIDE, company, order.workcenter_id, order.product_id
                )
                | {
                    "id": override.id,
                    "operator": known.operator_id.name,
                    "operation": override.workorder_name or "",
                    "order": known.production_id.name or "",
                    "missing": override.requirement_name or "",
                    "note": override.note or "",
                    "by": known.requested_by_id.name,
                    "at": labels.moment(override.request_date),
                    "own": override._is_own(),
                }
            )
        return rows

    # Reasons

    def _get_reasons(self):
        # sudo: what fits is told, whatever rights there are on reasons
        return (
            self.env["mrp.reason"]
            .sudo()
            .search([("usable", "=", True), ("category", "in", ALL)])
        )

    @staticmethod
    def _fit(reasons, categories, company, workcenters, product):
        """:return: dict with the ids of reasons that fit, favorites of the place first,
        and how many of them are favorites
        """
        favorites = workcenters.favorite_reason_ids
        fitting = reasons.filtered(
            lambda r: (
                r.category in categories
                and not r._get_misuse(categories, company, workcenters, product, "note")
            )
        )
        first = fitting & favorites
        return {"reasons": (first | fitting).ids, "favorites": len(first)}
