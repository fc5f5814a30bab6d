from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.tools import as_server, is_server

from ..tools import gs1

PDF = "pdf"
ZPL = "zpl"
OTHER = "other"
FORMATS = [(PDF, "PDF"), (ZPL, "ZPL")]
REASONS = [
    ("damaged", "Damaged"),
    ("lost", "Lost"),
    ("printer", "Printer failed"),
    (OTHER, "Other"),
]


class MrpOutputLabel(models.Model):
    """A label that was printed for a container: what stood on it, how often and why.

    Rows are added, never changed or deleted; they hold copies, as a container may be
    taken back.
    """

    _name = "mrp.output.label"
    _description = "Label of a Container"
    _order = "id desc"
    _rec_name = "container"

    key = fields.Char(
        required=True,
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Made by the device: asked for twice, it is printed once.",
    )
    move_line_id = fields.Many2one(
        "stock.move.line",
        string="Line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    container = fields.Char(readonly=True)
    lot = fields.Char(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    unit = fields.Char(readonly=True)
    content = fields.Json(readonly=True, help="What stood on it.")
    barcodes = fields.Text(
        compute="_compute_barcodes", help="What its barcodes say, one in a line."
    )
    number = fields.Integer(
        string="Copy", readonly=True, help="1: printed when it was declared."
    )
    format = fields.Selection(FORMATS, required=True, readonly=True)
    reason = fields.Selection(REASONS, string="Why Again", readonly=True)
    note = fields.Char(readonly=True)
    operator_id = fields.Many2one("hr.employee", readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", string="Session Of", readonly=True)
    date = fields.Datetime(string="Printed", readonly=True)
    is_void = fields.Boolean(
        string="Taken Back",
        compute="_compute_is_void",
        help="The container was taken back: the label must not be on anything.",
    )

    _key_uniq = models.UniqueIndex("(key)", "This label was printed already.")
    _number_uniq = models.UniqueIndex(
        "(move_line_id, number) WHERE move_line_id IS NOT NULL",
        "This copy of the label was printed already.",
    )

    @api.depends("content")
    def _compute_barcodes(self):
        for label in self:
            label.barcodes = "\n".join(
                symbol["text"] for symbol in label._get_symbols()
            )

    @api.depends("move_line_id")
    def _compute_is_void(self):
        for label in self:
            label.is_void = not label.move_line_id

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        self._check_server()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Which labels were printed is recorded, and kept as it is.")
        )

    def _check_server(self):
        if not is_server(self):
            raise UserError(
                self.env._(
                    "Labels are printed on the shop floor; what was printed is not "
                    "changed."
                )
            )

    @api.model
    def _print(self, line, key, label_format, reason=None, note="", operator=None):
        """Record that a label is printed.

        :param line: ``stock.move.line`` that was declared
        :param str key: of the device: what was asked for before is not counted again
        :return: ``mrp.output.label``
        :raise UserError: when it can not be printed, or the reason is missing
        """
        labels = as_server(self)
        known = labels.search([("key", "=", key)])
        if known:
            return known
        # of two that print, the second waits and counts on
        self.env.cr.execute(
            "SELECT id FROM stock_move_line WHERE id = %s FOR UPDATE", [line.id]
        )
        number = 1 + labels.search_count([("move_line_id", "=", line.id)])
        if number > 1:
            self._check_reason(line, reason, note)
        return labels.create(
            {
                **self._prepare_label(line),
                "key": key,
                "number": number,
                "format": label_format,
                "reason": reason if number > 1 else False,
                "note": note if number > 1 else False,
                "operator_id": operator.id if operator else False,
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
            }
        )

    @api.model
    def _check_reason(self, line, reason, note):
        if reason not in dict(REASONS) or (reason == OTHER and not note):
            raise UserError(
                self.env._(
                    "The label of %(container)s was printed before. Say why it is "
                    "printed again.",
                    container=line.result_package_id.name
                    or line.lot_id.name
                    or line.product_id.display_name,
                )
            )

    @api.model
    def _prepare_label(self, line):
        content = line._get_label_content()
        return {
            "move_line_id": line.id,
            "production_id": line.move_id.production_id.id,
            "company_id": line.company_id.id,
            "product_id": line.product_id.id,
            "container": line.result_package_id.name or line.lot_id.name or "–",
            "lot": line.lot_id.name,
            "quantity": line.quantity,
            "unit": line.product_uom_id.name,
            "content": content,
        }

    def _get_symbols(self):
        """:return: list of dicts, what is encoded as Code 128 and read under it"""
        self.ensure_one()
        return [
            {"value": barcode, "text": barcode}
            if isinstance(barcode, str)
            else {"value": gs1.to_symbols(barcode), "text": gs1.to_text(barcode)}
            for barcode in self.content["barcodes"]
        ]
