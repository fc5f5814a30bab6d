from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.tools import is_server

DECLARED = {
    "declared_workorder_id",
    "declared_operator_id",
    "declared_date",
    "operation_quantity_id",
}


class StockMoveLine(models.Model):
    """A container that was declared while an order ran is a line of its output."""

    _inherit = "stock.move.line"

    declared_workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Declared At",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The operation at which it came out, declared on the shop floor.",
    )
    declared_operator_id = fields.Many2one(
        "hr.employee", string="Declared By", readonly=True, copy=False
    )
    declared_date = fields.Datetime(string="Declared", readonly=True, copy=False)
    operation_quantity_id = fields.Many2one(
        "mrp.operation.quantity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The good units of the operation that are in it.",
    )
    net_weight = fields.Float(
        string="Weighed",
        digits="Stock Weight",
        readonly=True,
        copy=False,
        help="Net weight, where pieces were weighed, too.",
    )
    output_label_ids = fields.One2many(
        "mrp.output.label", "move_line_id", string="Labels"
    )
    output_label_count = fields.Integer(
        string="Labels Printed", compute="_compute_output_label_count"
    )

    @api.depends("output_label_ids")
    def _compute_output_label_count(self):
        counts = dict(
            self.env["mrp.output.label"]
            # sudo: whoever sees a container may know how often it was labelled
            .sudo()
            ._read_group(
                [("move_line_id", "in", self.ids)], ["move_line_id"], ["__count"]
            )
        )
        for line in self:
            line.output_label_count = counts.get(line._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        if not is_server(self):
            vals_list = [
                {key: value for key, value in vals.items() if key not in DECLARED}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if DECLARED & vals.keys() and not is_server(self):
            raise UserError(
                self.env._(
                    "Who declared a container, when and where is recorded on the "
                    "shop floor and stays."
                )
            )
        return super().write(vals)

    def _take_back(self):
        """The container was a mistake: it goes, and its number is not used again."""
        for line in self:
            if line.state == "done":
                raise UserError(
                    self.env._(
                        "%(quantity)g %(unit)s of %(product)s are in stock already and "
                        "can not be taken back. Correct them in Odoo.",
                        quantity=line.quantity,
                        unit=line.product_uom_id.name,
                        product=line.product_id.display_name,
                    )
                )
        packages = self.result_package_id
        moves = self.move_id
        self.unlink()
        packages.filtered(lambda p: not p.move_line_ids and not p.quant_ids).unlink()
        empty = moves.filtered(lambda m: not m.move_line_ids)
        empty.picked = False
        # as Odoo had filled them in
        empty._action_assign()

    def _get_label_expiry(self):
        """Hook: when what is in the container expires.

        :return: date, or False
        """
        self.ensure_one()
        return False
