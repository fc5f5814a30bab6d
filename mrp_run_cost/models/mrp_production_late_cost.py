from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import CurrencyUnits
from ..tools.late_cost_entry import LateCostEntry

PROVISIONAL_ACTIVITY = "mrp_run_cost.mail_activity_type_provisional_cost"


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    late_cost = fields.Monetary(
        prefetch="run_cost",
        copy=False,
        readonly=True,
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Cost of the issues that became known after the order was completed, by a "
        "bill, a landed cost or a correction, and is not yet passed on to the outputs.",
    )
    run_cost_provisional = fields.Boolean(
        string="Provisional Cost",
        prefetch="run_cost",
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="The cost of the outputs needs a look: see the notes beside it.",
    )
    run_cost_note = fields.Text(
        string="Cost Notes",
        prefetch="run_cost",
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )

    def action_reallocate_run_cost(self):
        """Pass on late cost and share the pool again, at today's prices and shares.

        Outputs on hand and those used by other runs change their value, what was
        sold goes to cost of sales, standard-cost outputs to variance.

        :raise UserError: when an order is not done or the user is not responsible
        """
        self._check_reallocation()
        for company, productions in self.grouped("company_id").items():
            for production in productions.with_company(company):
                # sudo: accountants who correct cost need no rights on stock moves
                production.sudo()._reallocate_run_cost()
        return True

    def _check_reallocation(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "mrp_run_cost.mrp_run_cost_group_responsible"
        ):
            raise UserError(
                self.env._(
                    "Only those responsible for production cost may allocate cost "
                    "again. Ask your accountant or an administrator."
                )
            )
        for production in self:
            if production.state != "done":
                raise UserError(
                    self.env._(
                        "%(order)s is not done: its cost is allocated when it is "
                        "completed.",
                        order=production.display_name,
                    )
                )
            # sudo: only whether there is a cost to share
            order = production.sudo()
            outputs = order._get_done_outputs()
            if not order.run_cost_line_ids or not all(outputs.mapped("run_quantity")):
                raise UserError(
                    self.env._(
                        "The cost of %(order)s was not kept: it was completed before "
                        "run cost was installed. Adjust the value of its outputs "
                        "instead.",
                        order=production.display_name,
                    )
                )

    def _reallocate_run_cost(self):
        self.ensure_one()
        outputs = self._get_done_outputs()
        old_values = {move: move.run_value for move in outputs}
        self.write({"run_cost_provisional": False, "run_cost_note": False})
        self.activity_unlink([PROVISIONAL_ACTIVITY])
        old_loss = self.abnormal_loss
        late_costs = self._take_over_late_cost()
        self._value_outputs(outputs, self._get_cost_pool())
        changes = self._revalue_outputs(outputs, old_values)
        loss = self.abnormal_loss - old_loss
        entry = LateCostEntry(self, late_costs, changes, loss)
        self.env["account.move"]._post_production_entries([entry])

    def _take_over_late_cost(self):
        """Bring the pool up to date.

        :return: dict from cost line to what it changed by, in company currency
        """
        changes = {}
        units = CurrencyUnits(self.company_id.currency_id)
        lines = self.run_cost_line_ids.filtered("move_id").grouped("move_id")
        for move in self._get_issues().filtered("late_cost"):
            line = lines.get(move)
            if not line:
                continue
            changes[line] = move.late_cost
            line.amount = units.to_amount(
                units.from_amount(line.amount) + units.from_amount(move.late_cost)
            )
            move.write({"value": line.amount, "late_cost": 0})
        self.late_cost = sum(self._get_issues().mapped("late_cost"))
        return changes

    def _revalue_outputs(self, outputs, old_values):
        """Give outputs their new value.

        :return: dict from output to ``(change, sold)`` in company currency: what its
            value changed by and how much of it belongs to goods sold since
        """
        result = {}
        for move in outputs:
            change = move.run_value - old_values[move]
            before = move.value
            move._set_value()
            delta = move.value - before
            sold = 0.0
            if delta and move.product_id.cost_method != "standard":
                issues = move.product_id._replay_issue_deltas({move: delta})
                sold = sum(
                    cost
                    for issue, cost in issues.items()
                    if not issue.raw_material_production_id
                )
            result[move] = (change, sold)
        return result

    def _flag_provisional(self, notes):
        """Mark the run's cost as provisional and ask an accountant to look at it.

        :param list notes: sentences that say why, and what to do
        """
        self.ensure_one()
        if not notes:
            return
        self.write({"run_cost_provisional": True, "run_cost_note": "\n".join(notes)})
        user = self._get_run_cost_responsible()
        if user:
            self.activity_schedule(
                PROVISIONAL_ACTIVITY,
                note=Markup("<br/>").join(notes),
                user_id=user.id,
            )

    def _get_run_cost_responsible(self):
        """:return: who looks after the cost of this company's runs, maybe nobody"""
        group = self.env.ref("mrp_run_cost.mrp_run_cost_group_responsible")
        return (
            self.company_id.run_cost_user_id
            or group.all_user_ids.filtered(
                lambda user: self.company_id in user.company_ids and not user.share
            )[:1]
        )
