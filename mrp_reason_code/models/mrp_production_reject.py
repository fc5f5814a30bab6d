from odoo import Command, models
from odoo.exceptions import UserError

from .mrp_operation_quantity import DOWNGRADE, SCRAP


class MrpProduction(models.Model):
    """Units that were started and do not become good ones."""

    _inherit = "mrp.production"

    def _get_rejects(self, kinds=(SCRAP, DOWNGRADE)):
        """:return: rows of units that do not become the product of the order"""
        return self.operation_quantity_ids.filtered(
            lambda row: row.kind in kinds and not row.reversed
        )

    def _get_rejected_quantity(self, workorder=None):
        """Units rejected, in the unit of the order.

        :param workorder: only those that this operation has worked on
        """
        self.ensure_one()
        rejects = self._get_rejects()
        if workorder:
            # a unit rejected without an operation went through all of them
            rejects = rejects.filtered(
                lambda row: (
                    not row.balance_workorder_id
                    or row.balance_workorder_id.sequence >= workorder.sequence
                )
            )
        return sum(rejects.mapped("quantity"))

    def _get_quantity_left(self):
        """:return: units that can still become good ones, in the unit of the order"""
        self.ensure_one()
        left = self.product_qty - self.qty_produced - self._get_rejected_quantity()
        return max(self.product_uom_id.round(left), 0)

    def _cap_qty_producing(self, rows):
        """Follow rejects that are declared or taken back after the order started.

        :param rows: ``mrp.operation.quantity`` that changed
        """
        self.ensure_one()
        rejects = rows.filtered(lambda row: row.kind in (SCRAP, DOWNGRADE))
        if not rejects or not self.qty_producing:
            return
        left = self._get_quantity_left()
        back = sum(rejects.filtered("reversed").mapped("quantity"))
        was_capped = not self.product_uom_id.compare(self.qty_producing, left - back)
        if self.product_uom_id.compare(self.qty_producing, left) > 0 or (
            back and was_capped
        ):
            self.qty_producing = left
            self._set_qty_producing(False)

    def _get_quantity_to_backorder(self):
        """Rejected units are not left to be made."""
        res = super()._get_quantity_to_backorder()
        return max(res - self._get_rejected_quantity(), 0)

    def action_merge(self):
        for production in self:
            if production.operation_quantity_ids:
                raise UserError(
                    self.env._(
                        "Operations of %(order)s declared quantities already: it can "
                        "not be merged into another order.",
                        order=production.display_name,
                    )
                )
        return super().action_merge()

    def _set_quantities(self):
        """Produce all means all that are not rejected."""
        self.ensure_one()
        rejected = self._get_rejected_quantity()
        if rejected and not self.qty_producing:
            left = self._get_quantity_left()
            if not left:
                raise UserError(
                    self.env._(
                        "All units of %(order)s are rejected: there is nothing to put "
                        "in stock. Enter a good quantity, take a reject back, or "
                        "cancel the order.",
                        order=self.display_name,
                    )
                )
            self.qty_producing = left
            self._set_qty_producing()
        return super()._set_quantities()

    def _set_qty_producing(self, pick_manual_consumption_moves=True):
        """Rejected units used up components, too."""
        res = super()._set_qty_producing(pick_manual_consumption_moves)
        if self._get_rejects():
            for move in self.move_raw_ids:
                if move.manual_consumption or not move.picked:
                    continue
                # sudo: needed for portal users, as in core
                if not move.sudo()._should_bypass_set_qty_producing():
                    move._set_quantity_done(move.should_consume_qty)
        return res

    def _get_consumption_issues(self):
        """What rejected units used up was to be expected."""
        issues = []
        for order, product, consumed, expected in super()._get_consumption_issues():
            if order._get_rejects():
                moves = order.move_raw_ids.filtered(
                    lambda m, product=product: m.product_id == product
                )
                expected = sum(
                    move.product_uom._compute_quantity(
                        move.should_consume_qty, product.uom_id
                    )
                    for move in moves
                )
                if not product.uom_id.compare(expected, consumed):
                    continue
            issues.append((order, product, consumed, expected))
        return issues

    def _offer_rejects(self, action):
        """Let the product being made be chosen in the dialog for scrap."""
        if self.state not in ("draft", "done", "cancel"):
            products = action["context"]["product_ids"]
            action["context"]["product_ids"] = products + self.product_id.ids
        return action

    def button_scrap(self):
        action = super().button_scrap()
        return self._offer_rejects(action)

    def _declare_quantities(self, vals_list):
        """Add rows about units of this order.

        :param list vals_list: values of ``mrp.operation.quantity``
        :return: ``mrp.operation.quantity``
        """
        self.ensure_one()
        return self.env["mrp.operation.quantity"].create(
            [{"production_id": self.id, **vals} for vals in vals_list]
        )

    def _add_downgrade(self, row):
        """Let downgraded units come out of the order as another product."""
        self.ensure_one()
        product = row.downgrade_product_id
        if not product:
            raise UserError(
                self.env._(
                    "Choose the product that %(row)s becomes.", row=row.display_name
                )
            )
        vals = self._get_move_finished_values(
            product.id,
            row.quantity,
            self.product_uom_id.id,
        )
        before = self.move_finished_ids
        # a backorder has nothing to do with units that are downgraded already
        vals["additional"] = True
        self.write({"move_finished_ids": [Command.create(vals)]})
        move = self.move_finished_ids - before
        move._set_quantity_done(row.quantity)
        move.picked = True
        row._set_downgrade_move(move)

    def _cal_price(self, consumed_moves):
        self._share_with_downgrades()
        return super()._cal_price(consumed_moves)

    def _share_with_downgrades(self):
        """Downgraded units bear their part of the cost, unit for unit."""
        rows = self._get_rejects((DOWNGRADE,))
        if not rows:
            return
        others = self.move_byproduct_ids - rows.downgrade_move_id
        left = 100 - sum(
            others.filtered(lambda m: m.state != "cancel").mapped("cost_share")
        )
        units = float(self._get_good_quantity()) + sum(rows.mapped("quantity"))
        for row in rows:
            row.downgrade_move_id.cost_share = left * row.quantity / units

    def button_mark_done(self):
        """Clocks of rework stop with the order."""
        self._get_rejects(("rework",)).time_ids.filtered(
            lambda log: not log.date_end
        )._close()
        return super().button_mark_done()
