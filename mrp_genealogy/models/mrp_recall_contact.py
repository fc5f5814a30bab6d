from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MrpRecallContact(models.Model):
    """A customer who got recalled goods: what he got, said, sent back, destroyed."""

    _name = "mrp.recall.contact"
    _description = "Recall Contact"
    _order = "recall_id, customer, product_id"
    _rec_name = "customer"

    recall_id = fields.Many2one(
        "mrp.recall", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recall_id.company_id")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", readonly=True, ondelete="set null"
    )
    customer = fields.Char(required=True, readonly=True)
    email = fields.Char(related="partner_id.email", string="Email")
    phone = fields.Char(related="partner_id.phone", string="Phone")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_names = fields.Char(string="Lots", readonly=True)
    delivered_quantity = fields.Float(
        string="Received",
        readonly=True,
        digits="Product Unit",
        help="Delivered less what had come back when the recall was computed.",
    )
    state = fields.Selection(
        [
            ("open", "To Contact"),
            ("contacted", "Contacted"),
            ("answered", "Answered"),
            ("unreachable", "Unreachable"),
        ],
        required=True,
        default="open",
    )
    contact_date = fields.Datetime(string="Contacted on", readonly=True)
    user_id = fields.Many2one("res.users", string="Contacted by", readonly=True)
    answer = fields.Text()
    returned_quantity = fields.Float(string="Returned", digits="Product Unit")
    destroyed_quantity = fields.Float(string="Destroyed", digits="Product Unit")
    open_quantity = fields.Float(
        string="Still Out", compute="_compute_open_quantity", digits="Product Unit"
    )

    _quantities_positive = models.Constraint(
        "CHECK (returned_quantity >= 0 AND destroyed_quantity >= 0)",
        "What was returned or destroyed can not be negative.",
    )

    @api.depends("delivered_quantity", "returned_quantity", "destroyed_quantity")
    def _compute_open_quantity(self):
        for contact in self:
            contact.open_quantity = (
                contact.delivered_quantity
                - contact.returned_quantity
                - contact.destroyed_quantity
            )

    @api.constrains("returned_quantity", "destroyed_quantity")
    def _check_open_quantity(self):
        for contact in self:
            if contact.uom_id.compare(contact.open_quantity, 0) < 0:
                raise ValidationError(
                    self.env._(
                        "%(customer)s received %(received)s %(unit)s of %(product)s "
                        "and can not return and destroy more than that.",
                        customer=contact.customer,
                        received=contact.delivered_quantity,
                        unit=contact.uom_id.name,
                        product=contact.product_id.display_name,
                    )
                )

    def write(self, vals):
        if "state" in vals:
            talked = self.filtered(lambda contact: contact.state == "open")
            super(MrpRecallContact, talked).write(
                {"contact_date": fields.Datetime.now(), "user_id": self.env.uid}
            )
        return super().write(vals)

    def action_contacted(self):
        self.write({"state": "contacted"})
