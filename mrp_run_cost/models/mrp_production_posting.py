from odoo import models

from ..tools import (
    CostSplit,
    CurrencyUnits,
    RunPosting,
    controlled_rounding,
    in_company,
    largest_remainder,
)
from ..tools.run_entry import RunEntry


class MrpProduction(models.Model):
    """Completion: outputs get their value, the run its journal entry."""

    _inherit = "mrp.production"

    def _cal_price(self, consumed_moves):
        """Value the outputs from the whole pool, to the currency unit."""
        res = super()._cal_price(self._get_issues())
        # sudo: whoever completes the order need not see cost
        production = self.sudo()
        absorbed = production._record_run_cost()
        posting = RunPosting.of(self.env)
        if posting:
            posting.absorbed[self.id] = absorbed
        production._value_outputs(
            production._get_open_outputs(), production._get_cost_pool(absorbed)
        )
        return res

    def _value_outputs(self, outputs, pool):
        """Share a pool among outputs and store what each is worth.

        :param outputs: stock moves
        :param dict pool: see ``_get_cost_pool``
        """
        self.ensure_one()
        if not outputs:
            return
        units = CurrencyUnits(self.company_id.currency_id)
        pool = self._take_out_abnormal_loss(pool, units)
        split = self._split_pool(outputs, sum(pool.values()), units)
        matrix = controlled_rounding(
            list(pool.values()), [split.totals[move] for move in outputs]
        )
        for column, move in enumerate(outputs):
            move._set_run_value(
                units,
                {
                    element.id: row[column]
                    for element, row in zip(pool, matrix, strict=True)
                },
            )
        self._record_split(outputs, split)

    def _take_out_abnormal_loss(self, pool, units):
        """Expense what no good output may bear, from all elements alike.

        :return: the pool that is left
        """
        total = sum(pool.values())
        loss = self._get_abnormal_loss(total)
        posting = RunPosting.of(self.env)
        if posting:
            posting.losses[self.id] = loss
        elif self.abnormal_loss:
            self.abnormal_loss = 0
        if not loss:
            return pool
        self.abnormal_loss += units.to_amount(loss)
        parts = largest_remainder(loss, [max(cost, 0) for cost in pool.values()])
        return {
            element: cost - part
            for (element, cost), part in zip(pool.items(), parts, strict=True)
        }

    def _get_abnormal_loss(self, pool):
        """Hook: cost of abnormal scrap, at the cost reached.

        :param int pool: cost of the run in currency units
        :return: int, currency units of it that are expensed
        """
        return 0

    def _split_pool(self, outputs, pool, units):
        """What each output bears of the pool.

        Here: core's cost shares; by-products take theirs, the main product the rest.

        :param outputs: stock moves with a quantity
        :param int pool: in currency units
        :param CurrencyUnits units: conversion of the company's currency
        :return: ``CostSplit`` whose totals per move add up to the pool
        """
        main = outputs.filtered(lambda m: m.product_id == self.product_id)
        shares = {}
        rest = 100
        byproducts = (outputs - main).grouped(lambda m: m.byproduct_id or m.product_id)
        for moves in byproducts.values():
            shares.update(moves._share_by_quantity(moves[0].cost_share))
            rest -= moves[0].cost_share
        shares = main._share_by_quantity(max(rest, 0)) | shares
        if not any(shares.values()):
            shares = dict.fromkeys(outputs, 1)
        totals = largest_remainder(pool, shares.values())
        return CostSplit(dict(zip(shares, totals, strict=True)))

    def _record_split(self, outputs, split):
        """Hook: the outputs have their value; ``split`` says how they came by it."""

    def _post_inventory(self, cancel_backorder=False):
        """Post each company's orders in that company, with one entry per order."""
        for company, productions in self.grouped("company_id").items():
            productions = in_company(productions, company)
            with RunPosting.begun(self.env) as posting:
                super(MrpProduction, productions)._post_inventory(cancel_backorder)
            productions._post_run_entries(posting)
        return True

    def _post_labour(self):
        """Nothing: the run's own entry holds the labour of exactly this order."""

    def _post_run_entries(self, posting):
        """Book what the orders of one company consumed, absorbed and put out."""
        by_order = posting.moves.grouped(
            lambda m: m.production_id or m.raw_material_production_id
        )
        # sudo: whoever completes the order need not see cost nor be an accountant
        entries = []
        for production in self.sudo():
            account = production.production_location_id.valuation_account_id
            moves = by_order.pop(production, posting.moves.browse())
            if account or (moves.location_id | moves.location_dest_id).filtered(
                "valuation_account_id"
            ):
                entries.append(
                    RunEntry(
                        production,
                        account,
                        moves.with_env(production.env),
                        posting.absorbed.get(production.id, {}),
                        posting.losses.get(production.id, 0),
                    )
                )
        if entries:
            posted = self.env["account.move"]._post_production_entries(entries)
            for entry, account_move in posted.items():
                entry.link_time_logs(account_move)
        self.env["stock.move"].union(*by_order.values())._create_account_move()

    def _get_variance_account(self, element):
        """:return: account for the variance of a cost element, maybe none"""
        self.ensure_one()
        return (
            element.variance_account_id
            or self.company_id.production_variance_account_id
            or self.product_id._get_product_accounts()["expense"]
        )

    def _get_abnormal_loss_account(self):
        """:return: account for abnormal loss, maybe none"""
        self.ensure_one()
        return (
            self.company_id.abnormal_loss_account_id
            or self.company_id.production_variance_account_id
            or self.product_id._get_product_accounts()["expense"]
        )

    def _get_standard_weights(self, pool):
        """Proportions of the elements in a standard cost: those of the plan.

        :return: list of non-negative numbers, one per element of the pool
        """
        planned = dict.fromkeys(pool, 0)
        for line in self.run_cost_line_ids:
            if line.element_id in planned:
                planned[line.element_id] += max(line.planned_amount, 0)
        weights = list(planned.values())
        return weights if any(weights) else [max(cost, 0) for cost in pool.values()]
