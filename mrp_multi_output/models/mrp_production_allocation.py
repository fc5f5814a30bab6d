from odoo import Command, api, fields, models

from odoo.addons.mrp_run_cost.tools import CurrencyUnits, RunPosting, shared_lookups

from ..tools import JointCost, Output, joint_cost


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    joint_cost_ids = fields.One2many(
        "mrp.joint.cost",
        "production_id",
        string="Allocation",
        readonly=True,
        copy=False,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    joint_cost_warning = fields.Text(
        compute="_compute_joint_cost_warning",
        help="What would make the cost of this order provisional if it was completed "
        "now.",
    )

    @api.depends(
        "state",
        "joint_cost_method",
        "move_finished_ids.product_uom_qty",
        "move_finished_ids.cost_share",
        "move_finished_ids.output_type",
    )
    def _compute_joint_cost_warning(self):
        warned = self.filtered(
            lambda p: p.state not in ("done", "cancel") and p.has_outputs
        )
        (self - warned).joint_cost_warning = ""
        with shared_lookups(self.env):
            # sudo: the planner is warned without seeing prices
            warned.sudo()._look_up_valuation_prices()
            for production in warned:
                order = production.sudo().with_company(production.company_id)
                production.joint_cost_warning = order._get_planned_warning()

    def _get_planned_warning(self):
        self.ensure_one()
        split = self._get_planned_split()
        names = {
            output.key: output.key.product_id.display_name for output in split.outputs
        }
        return "\n".join(self._get_joint_notes(split.problems, names))

    def _look_up_valuation_prices(self):
        """Ask once for the prices that these orders will need one after the other."""
        products = {}
        for production in self:
            outputs = production.move_finished_ids
            if len(outputs) < 2:
                continue
            if production.joint_cost_method not in joint_cost.PRICE_METHODS:
                outputs = outputs.filtered(
                    lambda m: m.output_type == joint_cost.BY_PRODUCT
                )
            if outputs:
                key = (production.company_id, production._get_joint_date())
                products[key] = products.get(key, outputs.product_id.browse())
                products[key] |= outputs.product_id
        for (company, date), priced in products.items():
            priced._get_valuation_prices(company, date)

    def _prepare_run_cost_plan(self):
        disposing = self.filtered(lambda p: p.move_finished_ids._may_need_disposal())
        with shared_lookups(self.env):
            disposing._look_up_valuation_prices()
            return super()._prepare_run_cost_plan()

    def _post_inventory(self, cancel_backorder=False):
        with shared_lookups(self.env):
            self._look_up_valuation_prices()
            return super()._post_inventory(cancel_backorder)

    def _prepare_cost_lines(self):
        """What it will cost to get rid of waste is part of the pool."""
        lines = super()._prepare_cost_lines()
        moves = self._get_open_outputs()
        if moves._may_need_disposal():
            lines += self._prepare_disposal_lines(self._get_joint_outputs(moves))
        return lines

    def _prepare_planned_cost_lines(self):
        lines = super()._prepare_planned_cost_lines()
        moves = self.move_finished_ids.filtered(lambda m: m.state != "cancel")
        if moves._may_need_disposal():
            outputs = self._get_joint_outputs(moves, planned=True)
            lines += self._prepare_disposal_lines(outputs)
        return lines

    def _prepare_disposal_lines(self, outputs):
        """:return: cost lines of the disposal cost to accrue for outputs"""
        return [
            {
                "element": "disposal",
                "quantity": output.quantity,
                "unit_name": output.key.product_id.uom_id.name,
                "amount": output.accrual,
                "move_id": output.key.id,
                "product_id": output.key.product_id.id,
            }
            for output in outputs
            if output.accrual
        ]

    def _take_over_late_cost(self):
        """Disposal cost follows today's prices too."""
        changes = super()._take_over_late_cost()
        disposal = self.env["mrp.cost.element"]._get("disposal")
        lines = self.run_cost_line_ids.filtered(
            lambda line: line.element_id == disposal
        ).grouped("move_id")
        currency = self.company_id.currency_id
        for output in self._get_joint_outputs(self._get_done_outputs()):
            line = lines.get(output.key)
            accrual = currency.round(output.accrual)
            if not line and accrual:
                vals = self._prepare_disposal_lines([output])[0] | {"amount": 0}
                line = self.env["mrp.run.cost.line"].create(
                    self._prepare_run_cost_line(vals)
                )
            if line and not currency.is_zero(accrual - line.amount):
                changes[line] = accrual - line.amount
                line.amount = accrual
        return changes

    def _get_joint_date(self):
        """:return: day whose prices the allocation uses"""
        return fields.Date.context_today(self)

    def _get_joint_outputs(self, moves, planned=False):
        """Outputs as ``Output``, the main one first; keys are the moves.

        An order with a single output needs no prices and no weights.

        :param bool planned: with the quantities expected instead of the actual ones
        """
        moves = moves.sorted(
            lambda m: (
                m.output_type != joint_cost.MAIN,
                m.byproduct_id.sequence,
                m.byproduct_id.id or 0,
                m.id or 0,
            )
        )
        by_output = moves.grouped(lambda m: m.byproduct_id or m.product_id)
        shares = sum(
            parts[0].cost_share
            for parts in by_output.values()
            if parts[0].output_type != joint_cost.MAIN
        )
        outputs = [
            Output(
                move,
                move.output_type,
                move.product_qty if planned else move._get_output_quantity(),
                share=move.cost_share,
                number=move.equivalence_number,
                separable=move.separable_cost,
                disposal=move.disposal_cost,
                part_of=move.byproduct_id or move.product_id,
                planned=(
                    (100 - shares)
                    if move.output_type == joint_cost.MAIN
                    else move.cost_share
                )
                if shares
                else move.planned_output_quantity,
            )
            for move in moves
        ]
        if len(outputs) > 1:
            self.env["product.product"]._fill_joint_outputs(
                outputs,
                [move.product_id for move in moves],
                self,
                CurrencyUnits(self.company_id.currency_id),
                self._get_joint_date(),
            )
        return outputs

    def _split_pool(self, outputs, pool, units):
        """By the order's method instead of core's cost shares."""
        joint = JointCost(
            self.joint_cost_method,
            self._get_joint_outputs(outputs),
            units.from_amount,
        )
        return joint.split(pool)

    def _get_planned_split(self):
        """How the order would be split if it went as planned, at today's prices.

        :return: ``JointSplit``; keys are the order's outputs
        """
        self.ensure_one()
        units = CurrencyUnits(self.company_id.currency_id)
        moves = self.move_finished_ids.filtered(lambda m: m.state != "cancel")
        outputs = self._get_joint_outputs(moves, planned=True)
        pool = sum(
            units.from_amount(line["amount"])
            for line in self._prepare_planned_cost_lines()
        )
        joint = JointCost(self.joint_cost_method, outputs, units.from_amount)
        return joint.split(pool)

    def _record_split(self, outputs, split):
        """Keep why each output is worth what it is, and say what stood in for what."""
        res = super()._record_split(outputs, split)
        if len(outputs) < 2:
            return res
        if split.problems:
            names = {move: move.product_id.display_name for move in outputs}
            self._flag_provisional(self._get_joint_notes(split.problems, names))
        pool = sum(split.totals.values())
        vals_list = [
            self._prepare_joint_cost(output, split, pool) for output in split.outputs
        ]
        posting = RunPosting.of(self.env)
        if posting:
            posting.cache.setdefault("joint_costs", []).extend(vals_list)
        else:
            self.joint_cost_ids.active = False
            self.env["mrp.joint.cost"].create(vals_list)
        return res

    def _post_run_entries(self, posting):
        # sudo: whoever completes the order need not see cost
        productions = self.sudo()
        productions.env["mrp.joint.cost"].create(posting.cache.pop("joint_costs", []))
        outputs = productions._get_done_outputs().filtered("is_in")
        worthless = outputs.filtered(lambda m: not m.value and m.run_quantity)
        worthless.product_id._lower_price_to_nothing()
        return super()._post_run_entries(posting)

    def _prepare_joint_cost(self, output, split, pool):
        move = output.key
        units = CurrencyUnits(self.company_id.currency_id)
        price = None
        if output.price is not None:
            prices = move.product_id._get_valuation_prices(
                self.company_id, self._get_joint_date()
            )
            price = prices.get(move.product_id.id)
        share = split.totals[move]
        return {
            "production_id": self.id,
            "move_id": move.id,
            "company_id": self.company_id.id,
            "product_id": move.product_id.id,
            "output_type": output.type,
            "method": split.method if output.is_joint else False,
            "quantity": output.quantity,
            "uom_id": move.product_id.uom_id.id,
            "price_id": price.id if price else False,
            "price": price.price if price else 0,
            "price_currency_id": price.currency_id.id if price else False,
            "price_date": price.date if price else False,
            "price_company": output.price or 0,
            "cost_share": output.share,
            "equivalence_number": output.number,
            "separable_cost": output.separable,
            "disposal_cost": output.disposal,
            "basis": split.weights.get(move, 0),
            "percent": 100 * share / pool if pool else 0,
            "amount": units.to_amount(share),
            "booked_amount": move.run_value,
            "variance": units.to_amount(share - units.from_amount(move.run_value)),
            "line_ids": [
                Command.create(
                    {"element_id": int(element), "amount": units.to_amount(cost)}
                )
                for element, cost in (move.run_cost_share or {}).items()
                if cost
            ],
        }
