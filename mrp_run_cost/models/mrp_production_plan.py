from collections import defaultdict

from odoo import models

from ..tools import CurrencyUnits, in_company, largest_remainder, shared_lookups


class MrpProduction(models.Model):
    """The plan: what an order is expected to cost, frozen when it is confirmed."""

    _inherit = "mrp.production"

    def action_confirm(self):
        # sudo: the planner who confirms need not see cost
        unplanned = self.filtered(
            lambda p: p.state == "draft" or not p.sudo().run_cost_line_ids
        )
        res = super().action_confirm()
        unplanned._plan_run_cost()
        return res

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        quantities = {production: production.product_qty for production in self}
        productions = super()._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        )
        confirmed = productions.filtered(lambda p: p.state != "draft")
        confirmed._split_run_cost_plan(quantities)
        return productions

    def _split_run_cost_plan(self, quantities):
        """Share the plans of orders with their backorders, whatever rates are today.

        :param dict quantities: quantity of each order before it was split; among these
            records its backorders follow it
        """
        parts = {}
        for order in self:
            if order in quantities:
                origin = order
            parts.setdefault(origin, []).append(order)
        new_vals = []
        unplanned = self.browse()
        for origin, orders in parts.items():
            # sudo: whoever splits an order need not see cost
            origin = origin.sudo()
            if origin.run_cost_line_ids:
                new_vals += origin._split_own_plan(orders, quantities[origin])
            else:
                unplanned = unplanned.union(*orders)
        # sudo: as above
        self.env["mrp.run.cost.line"].sudo().create(new_vals)
        unplanned._replan_run_cost()

    def _split_own_plan(self, orders, quantity):
        """Leave this order its part of the plan.

        :param list orders: this one, followed by its backorders
        :param float quantity: of this order before it was split
        :return: values of the planned cost lines of the backorders
        """
        self.ensure_one()
        units = CurrencyUnits(self.company_id.currency_id)
        weights = [order.product_qty for order in orders]
        if not any(weights):
            return []
        sources = [self._get_plan_sources(order) for order in orders[1:]]
        vals_list = []
        for line in self.run_cost_line_ids:
            # nothing is left over, unless a part of the order was given up
            whole = units.from_amount(line.planned_amount * sum(weights) / quantity)
            parts = [
                {
                    "planned_amount": units.to_amount(part),
                    "variance": units.to_amount(-part),
                    "planned_quantity": line.planned_quantity * weight / quantity,
                }
                for part, weight in zip(
                    largest_remainder(whole, weights), weights, strict=True
                )
            ]
            line.write(
                {
                    name: parts[0][name]
                    for name in ("planned_amount", "planned_quantity")
                }
            )
            vals_list += [
                line._prepare_backorder_line(order, own) | part
                for order, own, part in zip(orders[1:], sources, parts[1:], strict=True)
            ]
        return vals_list

    def _get_plan_sources(self, backorder):
        """:return: dict from moves and work orders to their copies in a backorder"""
        sources = {}
        for name, identity in (
            ("move_raw_ids", ("product_id", "bom_line_id")),
            ("move_finished_ids", ("product_id", "byproduct_id")),
            ("workorder_ids", ("operation_id", "workcenter_id", "name")),
        ):
            copies = defaultdict(list)
            # sudo: whoever splits an order need not see cost
            for copy in backorder.sudo()[name].sorted("id"):
                copies[tuple(copy[field] for field in identity)].append(copy)
            for record in self[name].sorted("id"):
                same = copies[tuple(record[field] for field in identity)]
                if same:
                    sources[record] = same.pop(0)
        return sources

    def _replan_run_cost(self):
        """Plan again for another quantity.

        Lines are kept where they are: deleting one would empty every cache.
        """
        # sudo: whoever changes the quantity need not see cost
        orders = self.sudo()
        known = orders.run_cost_line_ids.grouped(lambda line: line._get_source_key())
        new_vals = []
        for vals in orders._prepare_run_cost_plan():
            line = known.pop(self._get_plan_key(vals), None)
            if line:
                line.write(
                    {
                        name: vals[name]
                        for name in ("planned_amount", "planned_quantity")
                    }
                )
            else:
                new_vals.append(vals)
        for lines in known.values():
            lines.write({"planned_amount": 0, "planned_quantity": 0})
        orders.env["mrp.run.cost.line"].create(new_vals)

    def _plan_run_cost(self):
        """Write down what the orders are expected to cost, at today's rates."""
        # sudo: the planner who confirms need not see cost
        orders = self.sudo()
        orders.env["mrp.run.cost.line"].create(orders._prepare_run_cost_plan())

    def _prepare_run_cost_plan(self):
        """:return: values of the planned cost lines of these orders"""
        vals_list = []
        with shared_lookups(self.env):
            for company, productions in self.grouped("company_id").items():
                for production in in_company(productions, company):
                    for line in production._prepare_planned_cost_lines():
                        vals = production._prepare_run_cost_line(line)
                        vals["planned_amount"] = vals.pop("amount")
                        vals["planned_quantity"] = vals.pop("quantity")
                        vals["variance"] = 0.0 - vals["planned_amount"]
                        vals_list.append(vals)
        return vals_list

    def _get_plan_key(self, vals):
        """:return: what ``_get_source_key`` is for the line of these values"""
        return (
            vals["production_id"],
            vals["element_id"],
            vals.get("move_id", False),
            vals.get("workorder_id", False),
            vals.get("overhead_id", False),
        )

    def _prepare_planned_cost_lines(self):
        """:return: list of cost lines expected, shaped as ``_prepare_cost_lines``"""
        self.ensure_one()
        lines = [
            self._prepare_issue_line(
                move,
                move.product_uom_qty,
                move.product_id.uom_id._compute_price(
                    move.product_id.standard_price, move.product_uom
                )
                * move.product_uom_qty,
            )
            for move in self.move_raw_ids
            if move.state != "cancel" and move.product_uom_qty
        ]
        for workorder in self.workorder_ids:
            lines += self._prepare_operation_lines(
                workorder, workorder._get_planned_hours(), self.product_qty
            )
        if self.extra_cost:
            lines.append(self._prepare_extra_line(self.product_uom_qty))
        return lines
