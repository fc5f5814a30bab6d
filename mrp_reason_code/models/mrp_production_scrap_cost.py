from fractions import Fraction

from odoo import models

from odoo.addons.mrp_run_cost.tools import CurrencyUnits, largest_remainder

from ..tools import get_abnormal_part, get_reached_costs
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
        costs, abnormal = {}, {}
        for rows in rejects.grouped(lambda row: row._get_terms_key()).values():
            part = get_abnormal_part(
                rows[0].reason_terms or {},
                sum(map(Fraction, rows.mapped("quantity"))),
                good,
                inspected,
            )
            for row in rows:
                costs[row] = Fraction(row.quantity) * reached[places[row]]
                abnormal[row] = costs[row] * part
        expensed = min(round(sum(abnormal.values())), pool - loss)
        self._note_reject_costs(rejects, costs, abnormal, expensed)
        return loss + expensed

    def _note_reject_costs(self, rejects, costs, abnormal, expensed):
        """Write what rejects had cost beside them: rounded, they add up to the total.

        :param dict costs: per row its cost in currency units, not rounded
        :param dict abnormal: per row the abnormal part of it
        :param int expensed: currency units expensed for all of them
        """
        units = CurrencyUnits(self.company_id.currency_id)

        def share(total, weights):
            if not any(weights):
                return [0] * len(weights)
            return largest_remainder(total, weights)

        rows = list(costs)
        whole = share(round(sum(costs.values())), [costs[row] for row in rows])
        parts = share(expensed, [abnormal[row] for row in rows])
        # sudo: whoever completes the order need not see cost
        rejects.sudo()._set_costs(
            {
                row.sudo(): (units.to_amount(cost), units.to_amount(part))
                for row, cost, part in zip(rows, whole, parts, strict=True)
            }
        )

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
        done = self.scrap_ids.filtered(lambda s: s.state == "done" and s.reason_terms)
        found = []
        for scraps in done.grouped(lambda s: s._get_terms_key()).values():
            moves = scraps.move_ids.filtered(
                lambda m: m.state == "done" and m.raw_material_production_id
            )
            for product, product_moves in moves.grouped("product_id").items():
                scrapped = product_moves._get_output_quantity()
                # of a component, what was issued is what was good
                issued = self._get_issues().filtered(
                    lambda m, product=product: m.product_id == product
                )
                good = issued._get_output_quantity()
                abnormal = get_abnormal_part(
                    scraps[0].reason_terms, scrapped, good, good + scrapped
                )
                found += [(move, float(1 - abnormal)) for move in product_moves]
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
