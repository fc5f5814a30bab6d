from odoo import Command
from odoo.exceptions import UserError

from ...models.mrp_workorder import LAST
from .. import labels
from .base import SupervisorBase

MOST = 200


class Queue(SupervisorBase):
    """What is done next where, and by whom."""

    def order(self, workcenter_id, workorder_ids):
        """Put what is to be done at a work center in order.

        :param list workorder_ids: those that come first; what is not named follows in
            the order of the plan
        """
        company = self._enter()
        ids = [key for key in list(workorder_ids or ())[:MOST] if self._is_id(key)]
        key = workcenter_id if self._is_id(workcenter_id) else 0
        workorders = self._get_workorders_of(company, [("workcenter_id", "=", key)])
        places = {key: place for place, key in enumerate(dict.fromkeys(ids), 1)}
        for workorder in workorders:
            rank = places.get(workorder.id, LAST)
            if workorder.shop_floor_rank != rank:
                workorder.shop_floor_rank = rank
        return self._done()

    def assign(self, workorder_id, operator_ids):
        """Say who is to do it: nobody means everybody.

        Whose clock runs goes on, unless he hands over.
        """
        company = self._enter()
        workorder = self._find_workorder(workorder_id)
        keys = {key for key in list(operator_ids or ())[:50] if self._is_id(key)}
        operators = self._get_operators(company).filtered(lambda op: op.id in keys)
        if len(operators) != len(keys):
            raise UserError(self.env._("One of them is no operator any more."))
        # the gate judges who is planned, as everywhere
        workorder.operator_ids = [Command.set(operators.ids)]
        return self._done(
            self.env._(
                "%(operation)s: %(people)s.",
                operation=workorder.name,
                people=", ".join(operators.mapped("name")) or self.env._("everybody"),
            )
        )

    def hand_over(self, workorder_id, from_id, to_id):
        """Somebody's clock stops, somebody else's starts."""
        company = self._enter()
        workorder = self._find_workorder(workorder_id)
        operators = self._get_operators(company)
        leaving = workorder.working_operator_ids.filtered(lambda op: op.id == from_id)
        arriving = operators.filtered(lambda op: op.id == to_id)
        if not leaving:
            raise UserError(
                self.env._(
                    "They do not work on %(operation)s any more.",
                    operation=workorder.display_name,
                )
            )
        if not arriving or arriving == leaving:
            raise UserError(self.env._("Choose who goes on."))
        # with the supervisor's own rights: he may start and stop others
        own = workorder.with_env(self.env)
        own._hand_over_by_name(leaving, arriving, "", 0)
        return self._done()

    def _get_queue(self, company):
        """:return: list of dicts per work center, operations in the operators' order"""
        workorders = self._get_workorders_of(company, limit=MOST)
        workorders.production_id.fetch(["name", "product_id", "priority"])
        places = []
        for workcenter, here in workorders.grouped("workcenter_id").items():
            places.append(
                {
                    "id": workcenter.id,
                    "name": workcenter.name,
                    "blocked": workcenter.working_state == "blocked",
                    "sorted": any(wo.shop_floor_rank < LAST for wo in here),
                    "rows": [self._describe(workorder) for workorder in here],
                }
            )
        return sorted(places, key=lambda place: place["name"])

    @staticmethod
    def _describe(workorder):
        order = workorder.production_id
        working = workorder.time_ids.filtered(lambda log: not log.date_end)
        return {
            "id": workorder.id,
            "name": workorder.name,
            "order": order.name,
            "product": order.product_id.display_name,
            "quantity": order.product_qty,
            "unit": order.product_uom_id.name,
            "state": workorder.state,
            "priority": order.priority == "1",
            "due": labels.moment(workorder.baseline_end or workorder.date_finished),
            "planned": [labels.person(op) for op in workorder.operator_ids],
            "working": [labels.person(op) for op in working.operator_id],
        }
