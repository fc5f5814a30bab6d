from odoo import models

from ..tools import CurrencyUnits
from .mrp_workcenter_overhead import PERCENT


class MrpProduction(models.Model):
    """The pool: what an order did cost."""

    _inherit = "mrp.production"

    def _prepare_cost_lines(self):
        """Pool of the run: everything that its outputs have to bear.

        Add-ons extend this list. Every line is a dict:

        - ``element``: code of the cost element
        - ``label``: what it is, unless the product tells
        - ``quantity``, ``unit_name``: hours, units issued, ...
        - ``amount``: in company currency, not yet rounded
        - ``account``: account credited, if the source names one
        - ``move_id``, ``workorder_id``, ``overhead_id``, ``product_id``: the source

        :return: list of dict
        """
        self.ensure_one()
        lines = [
            self._prepare_issue_line(move, move.quantity, move.value)
            for move in self._get_issues()
        ]
        for workorder in self.workorder_ids:
            lines += self._prepare_operation_lines(
                workorder, workorder._get_worked_hours(), workorder.qty_produced
            )
        main = (self._get_open_outputs() | self._get_done_outputs()).filtered(
            lambda m: m.product_id == self.product_id
        )
        if self.extra_cost and main:
            lines.append(self._prepare_extra_line(main._get_output_quantity()))
        return lines

    def _prepare_issue_line(self, move, quantity, amount):
        product = move.product_id
        return {
            "element": "material",
            "quantity": quantity,
            "unit_name": move.product_uom.name,
            "amount": amount,
            "move_id": move.id,
            "product_id": product.id,
        }

    def _prepare_operation_lines(self, workorder, hours, units):
        """:return: lines of the hourly cost and the overheads of one operation
        :param dict hours: see ``mrp.workorder._get_worked_hours``
        """
        rate = workorder._get_hour_rate()
        workcenter = workorder.workcenter_id
        hour_unit = self.env._("h")
        lines = []
        if rate:
            lines.append(
                {
                    "element": workcenter.hour_cost_element,
                    "label": workorder.name,
                    "quantity": hours["charged"],
                    "unit_name": hour_unit,
                    "amount": hours["charged"] * rate,
                    "account": workcenter.expense_account_id,
                    "workorder_id": workorder.id,
                }
            )
        for overhead in workorder._get_overheads():
            basis = overhead["basis"]
            quantity = workcenter._get_overhead_quantity(basis, hours, units, rate)
            unit, shown = (hour_unit if basis.endswith("hour") else ""), quantity
            if basis == PERCENT:
                unit, shown = self.company_id.currency_id.name, quantity * 100
            lines.append(
                {
                    "element": "overhead",
                    "label": f"{workorder.name}: {overhead['name']}",
                    "quantity": shown,
                    "unit_name": unit,
                    "amount": quantity * overhead["rate"],
                    "account": self.env["account.account"].browse(
                        overhead["account_id"]
                    ),
                    "workorder_id": workorder.id,
                    "overhead_id": overhead["overhead_id"],
                }
            )
        return lines

    def _prepare_extra_line(self, quantity):
        return {
            "element": "extra",
            "label": self.env._("Extra cost"),
            "quantity": quantity,
            "unit_name": self.product_id.uom_id.name,
            "amount": self.extra_cost * quantity,
        }

    def _prepare_run_cost_line(self, line):
        """Turn a line of ``_prepare_cost_lines`` into values of the cost line."""
        self.ensure_one()
        elements = self.env["mrp.cost.element"]._get_order_by_code()
        element_id, sequence = elements[line["element"]]
        account = line.get("account")
        vals = {
            key: value
            for key, value in line.items()
            if key not in ("element", "account")
        }
        currency = self.company_id.currency_id
        return vals | {
            "production_id": self.id,
            "company_id": self.company_id.id,
            "element_id": element_id,
            "element_sequence": sequence,
            "amount": currency.round(line["amount"]),
            "account_id": account.id if account else False,
        }

    def _get_absorption_account(self, line):
        """:param line: ``mrp.run.cost.line``
        :return: account credited for it; none where stock entries book it
        """
        product = line.product_id
        if line.element_id.code == "material":
            if product.is_storable:
                return self.env["account.account"]
            return product._get_product_accounts()["expense"]
        return (
            line.account_id
            or line.element_id.credit_account_id
            or self.product_id._get_product_accounts()["expense"]
        )

    def _get_issues(self):
        """:return: issues that belong to the pool, those posted earlier included"""
        return self.move_raw_ids.filtered(lambda m: m.state == "done")

    def _get_open_outputs(self):
        """:return: outputs that are about to be posted"""
        return self.move_finished_ids.filtered(
            lambda m: m.state not in ("done", "cancel") and m.quantity > 0
        )

    def _get_done_outputs(self):
        return self.move_finished_ids.filtered(lambda m: m.state == "done")

    def _record_run_cost(self):
        """Write the actual cost beside the planned one.

        :return: dict from cost line to the cost added since outputs were last posted,
            in currency units: what the outputs posted now have to bear
        """
        self.ensure_one()
        units = CurrencyUnits(self.company_id.currency_id)
        known = {line._get_source_key(): line for line in self.run_cost_line_ids}
        absorbed = {}
        new_vals = []
        for line in self._prepare_cost_lines():
            vals = self._prepare_run_cost_line(line)
            key = self._get_plan_key(vals)
            if key in known:
                line = known.pop(key)
                added = vals["amount"] - line.amount
                absorbed[line] = units.from_amount(added)
                line.write({k: vals[k] for k in ("amount", "quantity", "account_id")})
            else:
                new_vals.append(vals | {"variance": vals["amount"]})
        for line in self.env["mrp.run.cost.line"].create(new_vals):
            absorbed[line] = units.from_amount(line.amount)
        return absorbed

    def _get_cost_pool(self, absorbed=None):
        """Cost per element.

        :param dict absorbed: currency units per cost line; by default the whole run
        :return: dict from ``mrp.cost.element`` to currency units
        """
        self.ensure_one()
        units = CurrencyUnits(self.company_id.currency_id)
        if absorbed is None:
            absorbed = {
                line: units.from_amount(line.amount) for line in self.run_cost_line_ids
            }
        pool = {}
        for line in sorted(absorbed, key=lambda line: line.element_sequence):
            pool[line.element_id] = pool.get(line.element_id, 0) + absorbed[line]
        return {element: amount for element, amount in pool.items() if amount}
