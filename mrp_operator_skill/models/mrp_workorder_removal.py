from odoo import models

from .mrp_workorder_gate import CLOSED

LIVE = ("confirmed", "progress", "to_close")


class MrpWorkorder(models.Model):
    """What an operation asks for does not vanish with it."""

    _inherit = "mrp.workorder"

    def unlink(self):
        self._record_removed()
        return super().unlink()

    def _record_removed(self):
        """Taking a work order out of a released order is the planner's right; that it
        asked for a qualification is recorded, as what passed the gate.
        """
        # sudo: whoever plans need see neither exceptions nor all orders
        removed = self.sudo().filtered(
            lambda workorder: (
                workorder.operation_id
                and workorder.state not in CLOSED
                and workorder.production_id.state in LIVE
                and not workorder._is_done_elsewhere()
            )
        )
        asked = removed._get_skill_requirements()
        removed.with_env(self.env)._record_exceptions(
            {
                workorder.with_env(self.env): [
                    workorder._prepare_removed(requirement)
                    for requirement in asked[workorder].filtered("operation_id")
                ]
                for workorder in removed
            },
            "remove",
        )

    def _is_done_elsewhere(self):
        """:return: whether a backorder only loses what the first order did"""
        self.ensure_one()
        others = self.production_id.production_group_id.production_ids.workorder_ids
        return any(
            other.operation_id == self.operation_id and other.state == "done"
            for other in others
        )

    def _prepare_removed(self, requirement):
        return {
            "operator_id": False,
            "requirement_id": requirement.id,
            "mode": requirement.mode,
            "kind": "removed",
            "message": self.env._(
                "%(operation)s was taken out of %(order)s. It asked for %(skill)s.",
                operation=self.name,
                order=self.production_id.name,
                skill=requirement._get_title(),
            ),
        }
