from collections import defaultdict

from odoo import models

from odoo.addons.mrp_run_cost.tools import CurrencyUnits, largest_remainder


class JobWorkOrder(models.Model):
    """Cost through sub-assemblies: what the material of a run was made of."""

    _inherit = "job.work.order"

    def _get_unfolded_cost(self):
        """The cost of the job by element, where sub-assemblies that were made for it
        are labour, machine and material of their own instead of material.

        The sum is that of the runs, to the currency unit.

        :return: list of ``(element, planned, actual, difference, in sub-assemblies)``,
            the difference of the finished runs
        """
        self.ensure_one()
        units = CurrencyUnits(self.currency_id)
        runs = self._get_costed_runs()
        done = runs.filtered(lambda run: run.state == "done")
        planned = runs._sum_elements("planned_amount", units)
        actual = runs._sum_elements("amount", units)
        due = done._sum_elements("planned_amount", units)
        own = {
            "amount": runs._sum_elements("amount", units, unfold=False),
            "planned_amount": runs._sum_elements("planned_amount", units, unfold=False),
        }
        rows = []
        for element in self.env["mrp.cost.element"].union(*planned, *actual).sorted():
            # of what it did cost, where there is that, else of the plan
            kind = "amount" if actual[element] else "planned_amount"
            whole = actual[element] or planned[element]
            rows.append(
                (
                    element,
                    units.to_amount(planned[element]),
                    units.to_amount(actual[element]),
                    units.to_amount(actual[element] - due[element]),
                    units.to_amount(max(whole - own[kind][element], 0)),
                )
            )
        return rows

    def _get_variance_by_cause(self):
        """:return: list of ``(cause, amount)`` of the finished runs"""
        self.ensure_one()
        report = self.env["job.cost.report"]
        names = [name for name in report._fields if name.endswith("_variance")]
        ((*amounts,),) = report._read_group(
            [("job_id", "=", self.id), ("is_child", "=", False)],
            [],
            [f"{name}:sum" for name in names],
        )
        return [
            (report._fields[name].get_description(self.env)["string"], amount or 0.0)
            for name, amount in zip(names, amounts, strict=True)
        ]


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _sum_elements(self, kind, units, unfold=True):
        """:return: dict from cost element to currency units, of all these runs"""
        whole = defaultdict(int)
        for run in self:
            cost = (run._unfold_elements if unfold else run._get_elements)(kind, units)
            for element, amount in cost.items():
                whole[element] += amount
        return whole

    def _get_elements(self, kind, units):
        """:param str kind: field of the cost lines
        :return: dict from cost element to currency units
        """
        cost = defaultdict(int)
        for line in self.run_cost_line_ids:
            cost[line.element_id] += units.from_amount(line[kind])
        return cost

    def _unfold_elements(self, kind, units):
        """Like ``_get_elements``, through the sub-assemblies made for the run.

        Each issue is as much labour, machine and so on as the orders it was made by,
        for the part of it that they made.
        """
        self.ensure_one()
        children = self._get_job_children().filtered(lambda run: run.state != "cancel")
        cost = defaultdict(int)
        for line in self.run_cost_line_ids:
            amount = units.from_amount(line[kind])
            makers = children.filtered(
                lambda run, product=line.product_id: run.product_id == product
            )
            if line.element_id.code != "material" or not makers or amount <= 0:
                cost[line.element_id] += amount
                continue
            made = round(amount * self._get_part_made(line, makers))
            weights = makers._get_unfolded_weights(kind, units)
            if not any(weights.values()):
                made = 0
            parts = largest_remainder(made, weights.values()) if made else ()
            for element, part in zip(weights, parts, strict=bool(made)):
                cost[element] += part
            cost[line.element_id] += amount - made
        return cost

    def _get_part_made(self, line, makers):
        """:return: part of the issues of a product that these orders made, at most 1"""
        moves = self.run_cost_line_ids.move_id.filtered(
            lambda move: move.product_id == line.product_id
        )
        issued = sum(moves.mapped("product_qty"))
        made = sum(maker._get_made_quantity() for maker in makers)
        return min(made / issued, 1) if issued else 1

    def _get_made_quantity(self):
        """:return: what the order makes or made, in the unit of its product"""
        self.ensure_one()
        if self.state != "done":
            return self.product_uom_qty
        outputs = self._get_done_outputs().filtered(
            lambda move: move.product_id == self.product_id
        )
        return sum(outputs.mapped("run_quantity"))

    def _get_unfolded_weights(self, kind, units):
        """:return: dict from element to what these orders cost, none below 0"""
        weights = defaultdict(int)
        for run in self:
            # what is not finished yet has no other cost than its plan
            of_run = kind if run.state == "done" else "planned_amount"
            for element, cost in run._unfold_elements(of_run, units).items():
                weights[element] += max(cost, 0)
        return weights
