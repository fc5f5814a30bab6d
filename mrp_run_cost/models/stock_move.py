from odoo import fields, models

from ..tools import ExactMonetary, FirstValuation, RunPosting, in_company
from ..tools.run_entry import IssueEntry


class StockMove(models.Model):
    _inherit = "stock.move"

    run_value = ExactMonetary(
        string="Value from Run",
        currency_field="company_currency_id",
        prefetch="run_cost",
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="What the whole output was stocked at when the order was completed.",
    )
    run_quantity = fields.Float(
        string="Quantity Valued by Run",
        digits="Product Unit",
        prefetch="run_cost",
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Quantity that the value belongs to, in the unit of the product.",
    )
    run_cost_share = fields.Json(
        prefetch="run_cost",
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Share of the run's pool, in currency units per cost element.",
    )

    late_cost = fields.Monetary(
        currency_field="company_currency_id",
        prefetch="run_cost",
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="What this issue cost more, as known since its order was completed.",
    )

    def _get_output_quantity(self):
        """:return: quantity put out by these moves, in the unit of their product"""
        return sum(self.move_line_ids.mapped("quantity_product_uom"))

    def _share_by_quantity(self, share):
        """Spread a share over the parts of one output, posted at several times.

        :return: dict from move to its part of the share
        """
        quantities = [move._get_output_quantity() for move in self]
        whole = sum(quantities)
        return {
            move: share * quantity / whole if whole else 0
            for move, quantity in zip(self, quantities, strict=True)
        }

    def _get_booked_value(self, share):
        """Value an output is stocked at, for its share of the pool.

        :param float share: in company currency
        :return: the share; for products at standard cost their standard
        """
        self.ensure_one()
        if self.product_id.cost_method == "standard":
            return self._get_booked_standard() * self._get_output_quantity()
        return share

    def _get_booked_standard(self):
        """:return: standard cost per unit, that of the completion once there is one"""
        self.ensure_one()
        if self.state == "done" and self.run_quantity:
            return self.run_value / self.run_quantity
        return self.product_id.standard_price

    def _set_run_value(self, units, share):
        """Store what an output bears and what it is stocked at.

        :param CurrencyUnits units: conversion of the company's currency
        :param dict share: currency units per id of cost element
        """
        self.ensure_one()
        quantity = self._get_output_quantity()
        value = units.to_amount(
            units.from_amount(
                self._get_booked_value(units.to_amount(sum(share.values())))
            )
        )
        self.write(
            {
                "run_cost_share": {str(key): cost for key, cost in share.items()},
                "run_value": value,
                "run_quantity": quantity,
                "price_unit": value / quantity if quantity else 0,
            }
        )

    def _get_value_from_production(self, quantity, at_date=None):
        """The exact value of the run, however often core asks for it again."""
        res = super()._get_value_from_production(quantity, at_date)
        # sudo: valuation runs for users who need not see cost
        move = self.sudo()
        if self.production_id and move.run_quantity:
            res["value"] = move.run_value * (quantity / move.run_quantity)
        return res

    def _action_done(self, cancel_backorder=False):
        """Post each company's moves in that company."""
        done = self.browse()
        for company, moves in self.grouped("company_id").items():
            moves = in_company(moves, company)
            with FirstValuation.begun(self.env):
                done |= super(StockMove, moves)._action_done(cancel_backorder)
        return done.with_env(self.env)

    def _set_value(self, correction_quantity=None):
        """Value each move in its own company, whose prices and FIFO stacks count."""
        for company, moves in self.grouped("company_id").items():
            moves = in_company(moves, company)
            before = moves._get_values_before_correction()
            super(StockMove, moves)._set_value(correction_quantity)
            moves._note_late_cost(before)
        return None

    def _create_account_move(self):
        """Orders get entries of their own; other moves one entry per company.

        Unbuild orders book their moves themselves, once all are posted.
        """
        posting = RunPosting.of(self.env)
        if posting:
            posting.moves |= self
            return self.env["account.move"]
        entries = self.env["account.move"]
        self = self.filtered(lambda m: not m.unbuild_id)
        runs = self.filtered(lambda m: m.raw_material_production_id or m.production_id)
        for order, moves in runs.grouped(
            lambda m: m.production_id or m.raw_material_production_id
        ).items():
            # sudo: whoever posts stock moves need not be an accountant, as in core
            order = order.sudo().with_company(order.company_id)
            entry = IssueEntry(
                order, order.production_location_id.valuation_account_id, moves.sudo()
            )
            posted = self.env["account.move"]._post_production_entries([entry])
            entries = entries.union(*posted.values())
        for company, moves in (self - runs).grouped("company_id").items():
            moves = in_company(moves, company)
            entries |= super(StockMove, moves)._create_account_move()
        return entries

    def _get_values_before_correction(self):
        """:return: value of moves that are not being valued for the first time"""
        if FirstValuation.under_way(self.env):
            return {}
        return {
            move: move.value
            for move in self
            if move.state == "done" and (move.is_in or move.raw_material_production_id)
        }

    def _note_late_cost(self, before):
        """Remember on completed runs what a correction changes their issues by.

        :param dict before: value per move before it was valued again
        """
        changes = {
            move: move.value - value
            for move, value in before.items()
            if not move.company_currency_id.is_zero(move.value - value)
        }
        receipts = self.browse(move.id for move in changes if move.is_in)
        used = receipts._get_products_used_by_runs()
        for product, moves in receipts.grouped("product_id").items():
            if product not in used:
                continue
            issues = product._replay_issue_deltas(
                {move: changes[move] for move in moves}
            )
            for issue, delta in issues.items():
                if issue._is_run_issue():
                    issue._add_late_cost(delta)
        for move, delta in changes.items():
            # as long as the order is open, its pool takes the corrected value
            done = move.raw_material_production_id.state == "done"
            if move not in receipts and done and move._is_run_issue():
                move._add_late_cost(delta)

    def _get_products_used_by_runs(self):
        """:return: products of these receipts that orders have issued since, and whose
        cost follows that of the receipts: no other history has to be replayed
        """
        products = self.product_id.filtered(lambda p: p.cost_method != "standard")
        if not products:
            return products
        # sudo: whoever posts a bill need not read stock moves
        issues = (
            self.env["stock.move"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", products.ids),
                    ("company_id", "=", self.env.company.id),
                    ("raw_material_production_id", "!=", False),
                    ("state", "=", "done"),
                    ("date", ">=", min(self.mapped("date"))),
                ],
                ["product_id"],
            )
        )
        return products.browse(product.id for (product,) in issues)

    def _is_run_issue(self):
        """:return: whether a run whose cost is kept used these goods"""
        # sudo: whoever posts a bill need not see production cost
        production = self.sudo().raw_material_production_id
        return bool(
            production
            and self.location_dest_usage != "inventory"
            and production.run_cost_line_ids
        )

    def _add_late_cost(self, delta):
        # sudo: whoever posts a bill need not see production cost
        move = self.sudo()
        move.late_cost += delta
        move.raw_material_production_id.late_cost += delta
