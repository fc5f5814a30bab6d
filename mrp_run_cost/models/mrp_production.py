from odoo import api, fields, models

from ..tools import (
    CostSplit,
    CurrencyUnits,
    RunPosting,
    controlled_rounding,
    largest_remainder,
)
from ..tools.run_entry import RunEntry


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    run_cost_line_ids = fields.One2many(
        "mrp.run.cost.line",
        "production_id",
        string="Run Cost",
        readonly=True,
        copy=False,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    run_entry_ids = fields.One2many(
        "account.move",
        "production_id",
        string="Cost Entries",
        readonly=True,
        copy=False,
    )
    run_entry_count = fields.Integer(
        compute="_compute_run_entry_count",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    run_cost_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Cost Currency"
    )
    run_cost_planned = fields.Monetary(
        string="Planned Cost",
        compute="_compute_run_cost",
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    run_cost_actual = fields.Monetary(
        string="Actual Cost",
        compute="_compute_run_cost",
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    abnormal_loss = fields.Monetary(
        copy=False,
        readonly=True,
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Part of the cost that was expensed instead of borne by the outputs.",
    )
    run_cost_unit = fields.Float(
        string="Cost per Unit",
        compute="_compute_run_cost",
        digits="Product Price",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Value of the finished product divided by the quantity produced.",
    )

    # Compute

    def _compute_run_entry_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                [("production_id", "in", self.ids)], ["production_id"], ["__count"]
            )
        )
        for production in self:
            production.run_entry_count = counts.get(production, 0)

    @api.depends("run_cost_line_ids.amount", "run_cost_line_ids.planned_amount")
    def _compute_run_cost(self):
        for production in self:
            lines = production.run_cost_line_ids
            production.run_cost_planned = sum(lines.mapped("planned_amount"))
            production.run_cost_actual = sum(lines.mapped("amount"))
            main = production._get_done_outputs().filtered(
                lambda m, product=production.product_id: m.product_id == product
            )
            quantity = sum(main.mapped("run_quantity"))
            production.run_cost_unit = quantity and (
                sum(main.mapped("run_value")) / quantity
            )

    # Actions

    def action_view_run_entries(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_journal_line"
        )
        action["domain"] = [("production_id", "in", self.ids)]
        action["context"] = {"create": False}
        return action

    def action_view_run_cost(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_run_cost.mrp_run_cost_report_action"
        )
        action["domain"] = [("production_id", "in", self.ids)]
        action["context"] = {}
        return action

    # Planning

    def action_confirm(self):
        res = super().action_confirm()
        self._plan_run_cost()
        return res

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        productions = super()._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        )
        planned = productions.filtered(lambda p: p.state != "draft")
        # sudo: whoever splits an order need not see cost
        planned.sudo().run_cost_line_ids.filtered(lambda line: not line.amount).unlink()
        planned._plan_run_cost()
        return productions

    def _plan_run_cost(self):
        """Write down what the orders are expected to cost, at today's rates."""
        # sudo: the planner who confirms need not see cost
        vals_list = []
        for company, productions in self.grouped("company_id").items():
            for production in productions.sudo().with_company(company):
                for line in production._prepare_planned_cost_lines():
                    vals = production._prepare_run_cost_line(line)
                    vals["planned_amount"] = vals.pop("amount")
                    vals["planned_quantity"] = vals.pop("quantity")
                    vals_list.append(vals)
        self.env["mrp.run.cost.line"].sudo().create(vals_list)

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
            expected = workorder._get_expected_hours()
            lines += self._prepare_operation_lines(
                workorder,
                {"machine": expected, "labour": expected},
                self.product_qty,
            )
        if self.extra_cost:
            lines.append(self._prepare_extra_line(self.product_uom_qty))
        return lines

    # Actual cost

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
                workorder,
                {
                    "machine": workorder._get_machine_hours(),
                    "labour": workorder._get_labour_hours(),
                },
                workorder.qty_produced,
            )
        main = self._get_open_outputs().filtered(
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
        """:return: lines of the hourly cost and the overheads of one operation"""
        rate = workorder._get_hour_rate()
        workcenter = workorder.workcenter_id
        hour_unit = self.env._("h")
        lines = []
        if rate:
            lines.append(
                {
                    "element": workcenter.hour_cost_element,
                    "label": workorder.name,
                    "quantity": hours["machine"],
                    "unit_name": hour_unit,
                    "amount": hours["machine"] * rate,
                    "account": workcenter.expense_account_id,
                    "workorder_id": workorder.id,
                }
            )
        for overhead in workorder._get_overheads():
            basis = overhead["basis"]
            quantity = workcenter._get_overhead_quantity(basis, hours, units, rate)
            lines.append(
                {
                    "element": "overhead",
                    "label": f"{workorder.name}: {overhead['name']}",
                    "quantity": quantity,
                    "unit_name": hour_unit if basis.endswith("hour") else "",
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
            key = (
                vals["element_id"],
                vals.get("move_id", False),
                vals.get("workorder_id", False),
                vals.get("overhead_id", False),
            )
            if key in known:
                line = known.pop(key)
                added = vals["amount"] - line.amount
                absorbed[line] = units.from_amount(added)
                line.write({k: vals[k] for k in ("amount", "quantity", "account_id")})
            else:
                new_vals.append(vals)
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

    # Outputs

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
            self.abnormal_loss += units.to_amount(loss)
        else:
            self.abnormal_loss = units.to_amount(loss)
        if not loss:
            return pool
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
        shares = {move: move.cost_share for move in outputs - main}
        main_share = max(100 - sum(shares.values()), 0)
        shares = {move: main_share / len(main) for move in main} | shares
        if not any(shares.values()):
            shares = dict.fromkeys(outputs, 1)
        parts = largest_remainder(pool, shares.values())
        return CostSplit(dict(zip(shares, parts, strict=True)))

    def _record_split(self, outputs, split):
        """Hook: the outputs have their value; ``split`` says how they came by it."""

    def _post_inventory(self, cancel_backorder=False):
        """Post each company's orders in that company, with one entry per order."""
        for company, productions in self.grouped("company_id").items():
            posting = RunPosting(self.env)
            productions = productions.with_company(company).with_context(
                **{RunPosting.KEY: posting}
            )
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
        entries = [
            RunEntry(
                production,
                production.production_location_id.valuation_account_id,
                by_order.pop(production, posting.moves.browse()).with_env(
                    production.env
                ),
                posting.absorbed.get(production.id, {}),
                posting.losses.get(production.id, 0),
            )
            for production in self.sudo()
        ]
        posted = self.env["account.move"]._post_production_entries(entries)
        for entry, account_move in posted.items():
            entry.link_time_logs(account_move)
        self.env["stock.move"].union(*by_order.values()).with_context(
            **{RunPosting.KEY: None}
        )._create_account_move()

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
