from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import gs1
from .res_company import GS1


class StockMoveLine(models.Model):
    """What stands on the label of a container."""

    _inherit = "stock.move.line"

    def _get_label_content(self):
        """:return: dict of texts and of ``barcodes``, each a list of elements or, where
            the company has numbers of its own, a text
        :raise UserError: naming all that is missing
        """
        self.ensure_one()
        company = self.company_id
        expiry = self._get_label_expiry()
        order = self.move_id.production_id
        if company.shop_floor_label_format == GS1:
            barcodes = self._get_gs1_barcodes(expiry)
        else:
            code = self.result_package_id.name or self.lot_id.name
            barcodes = [code or self.product_id.barcode or order.name]
        return {
            "company": company.name,
            "product": self.product_id.display_name,
            "quantity": f"{self.quantity:g} {self.product_uom_id.name}",
            "weight": self.net_weight
            and f"{self.net_weight:g} {self._get_weight_unit().name}",
            "lot": self.lot_id.name or "",
            "expiry": format_date(self.env, expiry) if expiry else "",
            "container": self.result_package_id.name or "",
            "order": order.name,
            "barcodes": barcodes,
        }

    def _get_weight_unit(self):
        templates = self.env["product.template"]
        return templates._get_weight_uom_id_from_ir_config_parameter()

    def _get_gs1_barcodes(self, expiry):
        """:return: list of lists of ``(identifier, value)``, one per barcode"""
        problems = []
        product = self.product_id
        gtin = gs1.get_gtin(product.barcode)
        if not gtin:
            problems.append(self._get_gtin_problem())
        measures = self._get_gs1_measures()
        if None in measures:
            problems.append(
                self.env._(
                    "%(quantity)g %(unit)s of %(product)s do not fit a GS1 label: it "
                    "takes whole units up to 99,999,999, or six digits of a measure.",
                    quantity=self.quantity,
                    unit=self.product_uom_id.name,
                    product=product.display_name,
                )
            )
        lot = self.lot_id.name
        if lot and not gs1.VALUE.fullmatch(lot):
            problems.append(
                self.env._(
                    "Lot %(lot)s does not fit a GS1 label: use up to 20 letters, "
                    "digits and simple signs, no spaces.",
                    lot=lot,
                )
            )
        if problems:
            raise UserError("\n".join(problems))
        first = [("01", gtin)]
        if expiry:
            first.append(("17", expiry.strftime("%y%m%d")))
        barcodes = [first + measures]
        if lot:
            # with the GTIN, as scanners do not say that a lot alone is GS1
            barcodes.append([("01", gtin), ("10", lot)])
        if self.result_package_id.valid_sscc:
            barcodes.append([("00", self.result_package_id.name)])
        return barcodes

    def _get_gtin_problem(self):
        product = self.product_id
        if not product.barcode:
            return self.env._(
                "%(product)s has no GTIN: enter it as its barcode (8, 12, 13 or 14 "
                "digits).",
                product=product.display_name,
            )
        return self.env._(
            "The barcode %(barcode)s of %(product)s is no GTIN: it needs 8, 12, 13 or "
            "14 digits, the last of which checks the others.",
            barcode=product.barcode,
            product=product.display_name,
        )

    def _get_gs1_measures(self):
        """:return: list of elements that say how much it is; None among them when it
        can not be said
        """
        quantity, unit = self.quantity, self.product_uom_id
        for xmlid, key in (("kgm", "310"), ("litre", "315"), ("meter", "311")):
            reference = self.env.ref(f"uom.product_uom_{xmlid}", False)
            if reference and unit._has_common_reference(reference):
                value = unit._compute_quantity(quantity, reference, round=False)
                return [gs1.get_measure(key, value)]
        measures = []
        kilogram = self.env.ref("uom.product_uom_kgm", False)
        if self.net_weight and kilogram:
            weight = self._get_weight_unit()._compute_quantity(
                self.net_weight, kilogram, round=False
            )
            measures.append(gs1.get_measure("310", weight))
        count = unit._compute_quantity(quantity, self.product_id.uom_id, round=False)
        whole = abs(count - round(count)) < 1e-6 and count < 10**8
        return [*measures, ("30", str(round(count))) if whole else None]
