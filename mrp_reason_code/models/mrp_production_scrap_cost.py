from fractions import Fraction

from odoo import models

from odoo.addons.mrp_run_cost.tools import CurrencyUnits, largest_remainder

from ..tools import get_reached_costs
from .mrp_operation_quantity import DOWNGRADE, SCRAP


class MrpProduction(models.Model):
    """Normal scrap is borne by the run, abnormal scrap is expensed."""

    _inherit = "mrp.production"

    def _get_abnormal_loss(self, pool):
        """Abnormal part of the rejected units, at the cost reached.

        Units above the allowance of their reason are abnormal. A unit costs what the
        operations up to the one that rejected it had added, each spread over all the
        units it worked on.
        """
        loss = super()._get_abnormal_loss(pool)
        rejects = self._get_rejects((SCRAP,))
        if not rejects or pool <= 0:
            return loss
        good = self._get_good_quantity()
        stages = self.workorder_ids.sorted("sequence")
        index = {workorder: place for place, workorder in enumerate(stages)}
        last = max(len(stages) - 1, 0)
        places = {
            row: index.get(row.balance_workorder_id, last)
            for row in self._get_rejects()
        }
        units = [Fraction(0)] * (last + 1)
        for row, place in places.items():
            units[place] += Fraction(row.quantity)
        # downgraded units leave as outputs: they passed every stage
        downgraded = sum(
            Fraction(row.quantity) for row in places if row.kind == DOWNGRADE
        )
        for row, place in places.items():
            if row.kind == DOWNGRADE:
                units[place] -= Fraction(row.quantity)
        reached = get_reached_costs(
            self._get_stage_costs(pool, index, last), units, good + downgraded
        )
        inspected = good + downgraded + sum(units)
        currency_units = CurrencyUnits(self.company_id.currency_id)
        abnormal, costs = Fraction(0), {}
        for reason, rows in rejects.grouped("reason_id").items():
            part = Fraction(0)
            if reason:
                # sudo: the allowance counts, whoever completes the order
                part = Fraction(
                    reason.sudo()._get_abnormal_part(
                        sum(rows.mapped("quantity")), float(good), float(inspected)
                    )
                )
            for row in rows:
                cost = Fraction(row.quantity) * reached[places[row]]
                abnormal += cost * part
                costs[row] = (
                    currency_units.to_amount(round(cost)),
                    currency_units.to_amount(round(cost * part)),
                )
        # sudo: whoever completes the order need not see cost
        rejects.sudo()._set_costs(costs)
        return min(loss + round(abnormal), pool)

    def _get_good_quantity(self):
        """:return: Fraction, good units put out, in the unit of the order"""
        self.ensure_one()
        main = (self._get_open_outputs() | self._get_done_outputs()).filtered(
            lambda m: m.product_id == self.product_id
        )
        return sum(
            (
                Fraction(
                    move.product_id.uom_id._compute_quantity(
                        move._get_output_quantity(), self.product_uom_id, round=False
                    )
                )
                for move in main
            ),
            Fraction(0),
        )

    def _get_stage_costs(self, pool, index, last):
        """Spread the pool over the operations that added to it.

        What belongs to no operation is there from the first one on.

        :return: list of currency units, one per stage, that add up to the pool
        """
        weights = [0.0] * (last + 1)
        for line in self.run_cost_line_ids:
            workorder = line.workorder_id or line.move_id.workorder_id
            weights[index.get(workorder, 0)] += max(line.amount, 0)
        return largest_remainder(pool, weights if any(weights) else [1, *weights[1:]])

    def _get_component_scraps(self):
        """Scrap of components while the order ran, with the part that is normal.

        :return: list of ``(stock.move, float)``
        """
        self.ensure_one()
        done = self.scrap_ids.filtered(lambda s: s.state == "done" and s.mrp_reason_id)
        good = float(self._get_good_quantity()) if done else 0
        found = []
        for reason, scraps in done.grouped("mrp_reason_id").items():
            moves = scraps.move_ids.filtered(
                lambda m: m.state == "done" and m.raw_material_production_id
            )
            for product, product_moves in moves.grouped("product_id").items():
                scrapped = sum(product_moves.mapped("product_qty"))
                issued = sum(
                    self.move_raw_ids.filtered(
                        lambda m, product=product: m.product_id == product
                    ).mapped("product_qty")
                )
                # of a component, what was issued is what was good
                # sudo: the allowance counts, whoever completes the order
                abnormal = reason.sudo()._get_abnormal_part(
                    scrapped, issued or good, issued + scrapped
                )
                found += [(move, 1 - abnormal) for move in product_moves]
        return found

    def _prepare_cost_lines(self):
        """Normal scrap of components is material of the run."""
        lines = super()._prepare_cost_lines()
        for move, normal in self._get_component_scraps():
            if not normal:
                continue
            line = self._prepare_issue_line(
                move, move.quantity * normal, move.value * normal
            )
            lines.append(
                line
                | {
                    "label": self.env._("Scrap"),
                    "account": move._get_scrap_loss_account(),
                }
            )
        return lines

    def _get_absorption_account(self, line):
        """Scrap is taken back from the account that it was written off to."""
        if line.move_id.location_dest_usage == "inventory":
            return line.account_id
        return super()._get_absorption_account(line)
