from odoo import Command, fields

from .currency_units import CurrencyUnits
from .rounding import largest_remainder


class ProductionEntry:
    """A journal entry against one production account.

    :param order: manufacturing or unbuild order in its own company, as superuser
    :param account: valuation account of its production location, maybe none
    :param moves: stock moves posted together
    """

    def __init__(self, order, account, moves):
        self.order = order
        self.account = account
        self.moves = moves
        self.booked_moves = moves.filtered(lambda m: m._should_create_account_move())
        self.units = CurrencyUnits(order.company_id.currency_id)
        self.lines = []
        self.balance = 0

    def prepare(self):
        """:return: values of an ``account.move``, None when there is nothing to book"""
        self._book_moves()
        if self.account:
            self._book_order()
        if not self.lines:
            return None
        return {
            "journal_id": self.order.company_id.account_stock_journal_id.id,
            "date": self.order.env.context.get("force_period_date")
            or fields.Date.context_today(self.order),
            "ref": self._get_reference(),
            "move_type": "entry",
            "line_ids": [Command.create(vals) for vals in self.lines],
            **self._get_order_link(),
        }

    def _get_order_link(self):
        return {"production_id": self.order.id}

    def _book_moves(self):
        """The lines core books for each stock move."""
        for move in self.booked_moves:
            self.lines += [
                vals
                for vals in move._get_account_move_line_vals()
                if vals["debit"] or vals["credit"]
            ]

    def _book_order(self):
        """What the order itself adds to the entry."""

    def _get_reference(self):
        return self.order.display_name

    def _add(self, account, name, cost, product=None):
        """Move ``cost`` currency units from ``account`` to the production account."""
        amount = self.units.to_amount(abs(cost))
        for target, debit in ((self.account, cost > 0), (account, cost < 0)):
            self.lines.append(
                {
                    "account_id": target.id,
                    "name": f"{self.order.name} - {name}",
                    "debit": amount if debit else 0,
                    "credit": 0 if debit else amount,
                    "product_id": product.id if product else False,
                }
            )


class IssueEntry(ProductionEntry):
    """Stock moves of an order posted before or after its completion."""

    def _get_reference(self):
        return self.order.env._("%(order)s - Stock moves", order=self.order.name)


class RunEntry(ProductionEntry):
    """The one journal entry of a completed order.

    It holds the issues and outputs that core would book, the cost absorbed by the run
    per element and account, and the variances that leave the production account
    balanced: what core leaves there is named and booked.

    :param dict absorbed: currency units per cost line since the last entry
    :param int loss: abnormal loss in currency units
    """

    def __init__(self, order, account, moves, absorbed, loss):
        super().__init__(order, account, moves)
        self.absorbed = absorbed
        self.loss = loss
        self.outputs = moves.filtered(lambda m: m.production_id and m.is_in)

    def _get_reference(self):
        return self.order.env._("%(order)s - Run cost", order=self.order.name)

    def _book_order(self):
        self._absorb_cost()
        self._release_outputs()
        self._book_rest()

    def _absorb_cost(self):
        """Debit production with the pool, except for what stock entries book."""
        absorbed = {}
        for line, cost in self.absorbed.items():
            self.balance += cost
            account = self.order._get_absorption_account(line)
            if account:
                key = (account, line.element_id)
                absorbed[key] = absorbed.get(key, 0) + cost
        deducted = self._deduct_billed_value()
        for (account, element), cost in absorbed.items():
            if element.code in ("extra", "subcontracting"):
                cost, deducted = cost - deducted, 0
            if cost:
                self._add(account, element.name, cost)

    def _deduct_billed_value(self):
        """Value of outputs that another document books, as a subcontractor's bill does.

        :return: currency units by which core's entry of the outputs falls short
        """
        deducted = sum(
            self.units.from_amount(move.value - move._get_aml_value())
            for move in self.outputs
        )
        self.balance -= deducted
        return deducted

    def _release_outputs(self):
        """Credit production with the outputs, also with those no stock entry books."""
        for move in self.outputs:
            value = self.units.from_amount(move._get_aml_value())
            product = move.product_id
            if value and not product.is_storable:
                expense = product._get_product_accounts()["expense"]
                if not expense:
                    continue
                self._add(expense, product.display_name, -value, product)
            self.balance -= value

    def _book_rest(self):
        """Close the production account: loss, variances by element, what is left."""
        account = self.order._get_abnormal_loss_account()
        if self.loss and account:
            self._add(account, self.order.env._("Abnormal loss"), -self.loss)
            self.balance -= self.loss
        for element, variance in self._get_variances().items():
            self._book_variance(element, variance)
        if self.balance:
            material = self.order.env["mrp.cost.element"]._get("material")
            self._book_variance(material, self.balance)

    def _book_variance(self, element, variance):
        account = self.order._get_variance_account(element)
        if variance and account:
            name = self.order.env._("%(element)s variance", element=element.name)
            self._add(account, name, -variance)
            self.balance -= variance

    def _get_variances(self):
        """Share less standard of every output at standard cost, per element.

        The standard is spread over the elements in the proportions of the plan.

        :return: dict from element to currency units
        """
        variances = {}
        pool = self.order._get_cost_pool()
        for move in self.outputs:
            if move.product_id.cost_method != "standard" or not pool:
                continue
            share = move.run_cost_share or {}
            standard = largest_remainder(
                self.units.from_amount(move.run_value),
                self.order._get_standard_weights(pool),
            )
            for element, cost in zip(pool, standard, strict=True):
                variances[element] = (
                    variances.get(element, 0) + share.get(str(element.id), 0) - cost
                )
        return variances

    def link_time_logs(self, entry):
        """Point the time logs to the line that books them, as core does."""
        for workorder in self.order.workorder_ids:
            costs = self.order.run_cost_line_ids.filtered(
                lambda line, workorder=workorder: (
                    line.workorder_id == workorder and not line.overhead_id
                )
            )
            if not costs:
                continue
            account = self.order._get_absorption_account(costs[:1])
            line = entry.line_ids.filtered(
                lambda aml, account=account: aml.account_id == account and aml.credit
            )[:1]
            if line:
                workorder.time_ids.account_move_line_id = line


class UnbuildEntry(ProductionEntry):
    """The one journal entry of an unbuild order, with what was lost by it."""

    def _get_reference(self):
        return self.order.env._("%(order)s - Unbuild", order=self.order.name)

    def _get_order_link(self):
        return {"production_id": self.order.mo_id.id}

    def _book_order(self):
        for move in self.moves.filtered(lambda m: m.is_in or m.is_out):
            value = self.units.from_amount(move.value)
            value = -value if move.is_in else value
            product = move.product_id
            if value and not product.is_storable:
                expense = product._get_product_accounts()["expense"]
                if not expense:
                    continue
                self._add(expense, product.display_name, value, product)
            self.balance += value
        account = self.order._get_unbuild_loss_account()
        if self.balance and account:
            self._add(account, self.order.env._("Unbuild loss"), -self.balance)
