from odoo import api, fields, models

from ..tools import write_edges


class MrpGenealogyEdge(models.Model):
    """What of a lot went into a lot. Written from posted moves, see ``write_edges``."""

    _name = "mrp.genealogy.edge"
    _description = "Genealogy"
    _order = "date desc, id desc"
    _rec_name = "production_id"
    _log_access = False

    parent_lot_id = fields.Many2one(
        "stock.lot",
        string="Input Lot",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty when the input has no lot, or when nothing was recorded.",
    )
    parent_product_id = fields.Many2one(
        "product.product", string="Input", readonly=True, ondelete="restrict"
    )
    parent_uom_id = fields.Many2one(
        related="parent_product_id.uom_id", string="Input Unit"
    )
    quantity = fields.Float(
        readonly=True,
        digits="Product Unit",
        help="What of the input went into this output, in the unit of the input.",
    )
    child_lot_id = fields.Many2one(
        "stock.lot",
        string="Output Lot",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty when the output has no lot, or when the run has no output yet.",
    )
    child_product_id = fields.Many2one(
        "product.product", string="Output", readonly=True, ondelete="restrict"
    )
    child_uom_id = fields.Many2one(
        related="child_product_id.uom_id", string="Output Unit"
    )
    child_quantity = fields.Float(
        string="Made",
        readonly=True,
        digits="Product Unit",
        aggregator=None,
        help="How much of the output the run made.",
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    unbuild_id = fields.Many2one(
        "mrp.unbuild",
        string="Unbuild Order",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The operation the input was drawn for, where that is known.",
    )
    # which filling of a tank that goes by one lot: how often it was emptied before
    parent_filling = fields.Integer(readonly=True, required=True, default=0)
    child_filling = fields.Integer(readonly=True, required=True, default=0)
    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, ondelete="cascade"
    )
    date = fields.Datetime(readonly=True, index=True)

    @api.model
    def _write_edges(self, productions=None, unbuilds=None):
        """Write the edges of runs anew from what their stock moves say."""
        write_edges(
            self.env,
            productions.ids if productions else (),
            unbuilds.ids if unbuilds else (),
        )
