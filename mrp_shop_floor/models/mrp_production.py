from odoo import fields, models
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    """Orders whose output was declared container by container."""

    _inherit = "mrp.production"

    container_count = fields.Integer(compute="_compute_container_count")

    def _compute_container_count(self):
        counts = dict(
            self.env["stock.move.line"]
            # sudo: how many there are is told to whoever sees the order
            .sudo()
            ._read_group(
                [
                    ("move_id.production_id", "in", self.ids),
                    ("declared_workorder_id", "!=", False),
                ],
                ["declared_workorder_id"],
                ["__count"],
            )
        )
        for production in self:
            production.container_count = sum(
                counts.get(workorder, 0) for workorder in production.workorder_ids
            )

    def _get_main_containers(self):
        """:return: ``stock.move.line`` of the main product that are not in stock yet"""
        self.ensure_one()
        moves = self.move_finished_ids.filtered(
            lambda m: (
                m.product_id == self.product_id and m.state not in ("done", "cancel")
            )
        )
        return moves._get_declared_lines()

    def _get_container_quantity(self):
        """:return: what is in them, in the unit of the order"""
        return sum(
            line.product_uom_id._compute_quantity(
                line.quantity, self.product_uom_id, round=False
            )
            for line in self._get_main_containers()
        )

    def _button_mark_done_sanity_checks(self):
        res = super()._button_mark_done_sanity_checks()
        # of all at once: each order would ask for its own
        self.move_finished_ids.mapped("move_line_ids")
        for production in self:
            production._check_containers()
        return res

    def _check_containers(self):
        """What is in containers came out."""
        declared = self._get_container_quantity()
        entered = self.qty_producing and self.qty_producing - self.qty_produced
        if entered and self.product_uom_id.compare(entered, declared) < 0:
            raise UserError(
                self.env._(
                    "%(declared)g %(unit)s of %(order)s are declared in containers, "
                    "but only %(entered)g are to be produced. Take containers back or "
                    "enter at least that quantity.",
                    declared=declared,
                    unit=self.product_uom_id.name,
                    order=self.display_name,
                    entered=entered,
                )
            )

    def _set_quantities(self):
        """Where containers were declared, what is in them is what was produced."""
        self.ensure_one()
        declared = self._get_container_quantity()
        if declared and not self.qty_producing:
            self.qty_producing = self.qty_produced + self.product_uom_id.round(declared)
            self._set_qty_producing()
        return super()._set_quantities()

    def action_view_containers(self):
        """Open what was declared on the shop floor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_shop_floor.stock_move_line_container_action"
        )
        return action | {
            "domain": [
                ("move_id.production_id", "=", self.id),
                ("declared_workorder_id", "!=", False),
            ]
        }
