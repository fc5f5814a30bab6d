from odoo import api, models

from .mrp_workorder_operator import JUDGED


class MrpWorkorder(models.Model):
    """Whoever starts or finishes waits: what that takes is read at once, no more."""

    _inherit = "mrp.workorder"

    def _read_ahead(self):
        """Read what starting and finishing ask about, here and in Odoo.

        Anything else is read when it is asked for, as ever.
        """
        self.fetch(["production_id"])
        columns = self._get_columns_ahead()
        # sudo: as Odoo does when it looks for what depends on an operation
        orders = self.sudo().production_id
        orders.fetch(columns["mrp.production"])
        orders.company_id._fetch_floor_settings()
        operations = orders.workorder_ids
        operations.fetch(columns["mrp.workorder"])
        moves = orders.move_raw_ids | orders.move_finished_ids
        moves.fetch(columns["stock.move"])

    def _read_cost_ahead(self):
        """As above, what finishing asks of work centers, in the name of the user."""
        self.workcenter_id.fetch(self._get_columns_ahead()["mrp.workcenter"])

    def _get_planned_operators(self):
        """Read no more of them than the gate asks about.

        :return: ``operator_ids``
        """
        operators = self.with_context(active_test=False).operator_ids
        # sudo: whoever starts others need not see employees
        people = operators.sudo()
        people.fetch(JUDGED)
        if self.env.context.get("active_test", True):
            people = people.filtered("active")
        return people.with_env(self.env)

    @api.model
    def _get_columns_ahead(self):
        """:return: dict from model to list of str; rooms above add theirs with
        ``super()``
        """
        return {
            "mrp.production": [
                "bom_id",
                "company_id",
                "date_deadline",
                "date_finished",
                "date_start",
                "is_planned",
                "location_src_id",
                "name",
                "product_id",
                "product_qty",
                "product_uom_id",
                "qty_producing",
                "reservation_state",
                "state",
            ],
            "mrp.workorder": [
                "baseline_end",
                "blocked_by_workorder_ids",
                "date_finished",
                "date_start",
                "duration",
                "duration_expected",
                "leave_id",
                "name",
                "needed_by_workorder_ids",
                "operation_id",
                "production_id",
                "qty_produced",
                "qty_reported_from_previous_wo",
                "state",
                "workcenter_id",
            ],
            "mrp.workcenter": ["analytic_distribution", "costs_hour"],
            "stock.move": [
                "company_id",
                "cost_share",
                "date",
                "date_deadline",
                "location_dest_id",
                "location_id",
                "manual_consumption",
                "operation_id",
                "picked",
                "picking_id",
                "picking_type_id",
                "product_id",
                "product_uom",
                "product_uom_qty",
                "production_id",
                "quantity",
                "raw_material_production_id",
                "state",
                "unit_factor",
            ],
        }
