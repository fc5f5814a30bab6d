from odoo import models

from ..tools import TimeDoor
from ..tools.time_door import FILL


class MrpProduction(models.Model):
    """Labour of operators in the pool, and who did what nobody logged."""

    _inherit = "mrp.production"

    def _prepare_operation_lines(self, workorder, hours, units):
        lines = super()._prepare_operation_lines(workorder, hours, units)
        operators = hours.get("operators")
        if not operators:
            return lines
        workcenter = workorder.workcenter_id
        is_labour = workcenter.hour_cost_element == "labour"
        if is_labour and workorder._get_hour_rate():
            # one line per operation and element
            hourly = lines[0]
            hourly["quantity"] += operators["hours"]
            hourly["amount"] += operators["cost"]
            return lines
        return [
            {
                "element": "labour",
                "label": self.env._(
                    "%(operation)s: operators", operation=workorder.name
                ),
                "quantity": operators["hours"],
                "unit_name": self.env._("h"),
                "amount": operators["cost"],
                "account": is_labour and workcenter.expense_account_id,
                "workorder_id": workorder.id,
            },
            *lines,
        ]

    def _replan_operations(self, workorders):
        """Plan the cost of these operations again, and of nothing else."""
        self.ensure_one()
        known = {
            line._get_source_key(): line
            for line in self.run_cost_line_ids
            if line.workorder_id in workorders and not line.overhead_id
        }
        if not known and not self.run_cost_line_ids:
            return
        new_vals = []
        for workorder in workorders:
            lines = self._prepare_operation_lines(
                workorder, workorder._get_planned_hours(), self.product_qty
            )
            for line in lines:
                if line["element"] == "overhead":
                    continue
                vals = self._prepare_run_cost_line(line)
                amount = vals.pop("amount")
                vals |= {
                    "planned_amount": amount,
                    "planned_quantity": vals.pop("quantity"),
                }
                own = known.pop(self._get_plan_key(vals), None)
                if own:
                    own.write(
                        {
                            name: vals[name]
                            for name in ("planned_amount", "planned_quantity")
                        }
                    )
                else:
                    new_vals.append(vals | {"variance": -amount})
        for line in known.values():
            line.write({"planned_amount": 0, "planned_quantity": 0})
        self.env["mrp.run.cost.line"].create(new_vals)

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        """Whoever was planned for an order is planned for what is left of it."""
        productions = super()._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        )
        origins = {order.production_group_id: order for order in self}
        for backorder in productions - self:
            origin = origins.get(backorder.production_group_id)
            backorder.workorder_ids._copy_operators(origin.workorder_ids)
        return productions

    def _post_inventory(self, cancel_backorder=False):
        with TimeDoor.opened(self.env, FILL):
            return super()._post_inventory(cancel_backorder)

    def button_mark_done(self):
        if self.env.context.get("ask_operators"):
            unlogged = self.workorder_ids._get_unlogged()
            if unlogged:
                # all orders are completed, whatever the dialog asks about
                return self._get_closing_action()
        return super().button_mark_done()

    def _get_closing_action(self):
        """:return: the dialog that asks who did what nobody logged"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Did It?"),
            "res_model": "mrp.operator.closing",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_production_ids": self.ids},
        }
