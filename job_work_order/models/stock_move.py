from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    job_material_state = fields.Selection(
        [
            ("committed", "Committed"),
            ("available", "Available"),
            ("expected", "Expected"),
            ("short", "Short"),
        ],
        string="Material",
        compute="_compute_job_material",
        help="Committed: reserved for the run. Available: in stock and not taken by "
        "anybody more urgent. Expected: comes in, at the date shown. Short: nothing is "
        "under way that would cover it.",
    )
    job_material_date = fields.Datetime(string="Until", compute="_compute_job_material")
    job_missing = fields.Float(
        string="Short by", compute="_compute_job_material", digits="Product Unit"
    )
    job_requested = fields.Float(
        string="Requested for the Job",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Quantity that was asked for from the job, in the unit of the product.",
    )

    def _compute_job_material(self):
        answers = self._get_material_status()
        for move in self:
            state, date, missing = answers.get(move.id, (False, False, 0.0))
            move.job_material_state = state
            move.job_material_date = date
            move.job_missing = missing

    def _adjust_procure_method(self, picking_type_code=False):
        """Components of jobs that make their sub-assemblies are made to order."""
        res = super()._adjust_procure_method(picking_type_code)
        wanted = self.filtered(
            lambda move: (
                move.raw_material_production_id.job_line_id.make_subassemblies
                and move.procure_method == "make_to_stock"
            )
        )
        if wanted:
            wanted._make_to_order_for_job()
        return res

    def _make_to_order_for_job(self):
        for company, moves in self.grouped("company_id").items():
            boms = self.env["mrp.bom"]._bom_find(
                moves.product_id, company_id=company.id, bom_type="normal"
            )
            for move in moves:
                if boms[move.product_id] and move._has_manufacture_rule():
                    move.procure_method = "make_to_order"

    def _has_manufacture_rule(self):
        """:return: whether a procurement here would find its way to the floor"""
        self.ensure_one()
        return bool(
            self.env["stock.rule"]._get_rule(
                self.product_id, self.location_id, self._prepare_procurement_values()
            )
        )
