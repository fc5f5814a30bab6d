from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import RECORDING


class StockLocation(models.Model):
    _inherit = "stock.location"

    genealogy_cut_ids = fields.One2many(
        "mrp.genealogy.cut", "location_id", string="Cleanings", readonly=True
    )

    def action_empty_clean(self):
        """Note that places are empty and clean: genealogy does not go through that.

        It is only true of lots of which nothing is left anywhere, and for what happens
        from now on.
        """
        # reading stock is the right of those who handle it
        self.env["stock.quant"].check_access("read")
        for location in self:
            location._check_empty()
            lots = location._get_emptied_lots()
            if not lots:
                raise UserError(
                    self.env._(
                        "Nothing was in %(location)s since it was cleaned.",
                        location=location.display_name,
                    )
                )
            # sudo: the record is nobody's to write
            cuts = RECORDING.put_on(self.env["mrp.genealogy.cut"].sudo())
            cuts.create([location._prepare_cut(lot) for lot in lots])
        return True

    def _prepare_cut(self, lot):
        return {
            "location_id": self.id,
            "lot_id": lot.id,
            "company_id": self.company_id.id,
            "date": fields.Datetime.now(),
            "user_id": self.env.uid,
            "user_name": self.env.user.name,
        }

    def _check_empty(self):
        # sudo: whoever owns what is in there, the place is not empty
        quants = (
            self.env["stock.quant"]
            .sudo()
            .search([("location_id", "child_of", self.id), ("quantity", "!=", 0)])
        )
        left = quants.filtered(lambda q: not q.product_uom_id.is_zero(q.quantity))
        if self.usage != "internal" or left:
            raise UserError(
                self.env._(
                    "%(location)s is not empty: %(goods)s. Use it up, move it or count "
                    "it first.",
                    location=self.display_name,
                    goods=", ".join(
                        left[:10].mapped(lambda q: q.lot_id.name or q.product_id.name)
                    )
                    or self.env._("it is not a place for stock"),
                )
            )

    def _get_emptied_lots(self):
        """:return: lots that were here since it was last cleaned and are used up"""
        last = self.genealogy_cut_ids[:1].date
        lines = self.env["stock.move.line"].search(
            [
                ("location_dest_id", "child_of", self.id),
                ("state", "=", "done"),
                ("lot_id", "!=", False),
                ("date", ">", last or fields.Datetime.to_datetime("1970-01-01")),
            ]
        )
        # sudo: a lot of which another company has some is not used up
        left = (
            self.env["stock.quant"]
            .sudo()
            .search(
                [
                    ("lot_id", "in", lines.lot_id.ids),
                    ("quantity", ">", 0),
                    ("location_id.usage", "in", ("internal", "transit")),
                ]
            )
        )
        return lines.lot_id - left.lot_id
