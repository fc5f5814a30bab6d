import io

import xlsxwriter

from odoo import models

ROWS_AT_ONCE = 2000


class MrpRecall(models.Model):
    """The list as a spreadsheet, with the columns FSMA 204 asks for."""

    _inherit = "mrp.recall"

    def _get_xlsx(self):
        """:return: bytes of a workbook; rows go through a file, not through memory"""
        self.ensure_one()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(
            buffer, {"constant_memory": True, "remove_timezone": True}
        ) as book:
            styles = {
                "head": book.add_format({"bold": True, "bg_color": "#E6E6E6"}),
                "date": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            }
            for title, head, rows in self._get_sheets():
                self._write_sheet(book.add_worksheet(title), head, rows, styles)
        return buffer.getvalue()

    def _write_sheet(self, sheet, head, rows, styles):
        sheet.set_column(0, len(head) - 1, 22)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, head, styles["head"])
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if hasattr(value, "isoformat"):
                    sheet.write_datetime(number, column, value, styles["date"])
                elif isinstance(value, str):
                    # never a formula, whatever a lot is called
                    sheet.write_string(number, column, value)
                elif value is not None and value is not False:
                    sheet.write_number(number, column, value)

    def _get_sheets(self):
        """:return: list of (title, column heads, iterator of rows)"""
        return [
            (
                self.env._("Lots"),
                [
                    self.env._("Traceability lot code"),
                    self.env._("Supplier's lot"),
                    self.env._("Product"),
                    self.env._("Unit"),
                    self.env._("Cause"),
                    self.env._("Received or made"),
                    self.env._("On hand"),
                    self.env._("Delivered"),
                    self.env._("Returned"),
                    self.env._("Consumed"),
                    self.env._("Back to vendor"),
                    self.env._("Scrapped"),
                    self.env._("Unaccounted"),
                    self.env._("Unaccounted %"),
                    self.env._("Usability"),
                ],
                self._get_lot_rows(),
            ),
            (
                self.env._("Transformation"),
                [
                    self.env._("Input traceability lot code"),
                    self.env._("Input product"),
                    self.env._("Input quantity used"),
                    self.env._("Input unit"),
                    self.env._("New traceability lot code"),
                    self.env._("New product"),
                    self.env._("Quantity produced"),
                    self.env._("Unit"),
                    self.env._("Location transformed (lot code source)"),
                    self.env._("Date completed"),
                    self.env._("Reference document type"),
                    self.env._("Reference document number"),
                ],
                self._get_transformation_rows(),
            ),
            (
                self.env._("Shipping"),
                [
                    self.env._("Traceability lot code"),
                    self.env._("Product"),
                    self.env._("Quantity"),
                    self.env._("Unit"),
                    self.env._("Event"),
                    self.env._("Immediate subsequent recipient"),
                    self.env._("Location shipped from"),
                    self.env._("Date"),
                    self.env._("Reference document number"),
                ],
                self._get_shipping_rows(),
            ),
            (
                self.env._("Contacts"),
                [
                    self.env._("Customer"),
                    self.env._("Product"),
                    self.env._("Unit"),
                    self.env._("Received"),
                    self.env._("Returned"),
                    self.env._("Destroyed"),
                    self.env._("Still out"),
                    self.env._("State"),
                    self.env._("Contacted on"),
                    self.env._("Contacted by"),
                    self.env._("Answer"),
                ],
                self._get_contact_rows(),
            ),
        ]

    def _in_parts(self, records):
        for start in range(0, len(records), ROWS_AT_ONCE):
            part = records[start : start + ROWS_AT_ONCE]
            yield from part
            part.invalidate_recordset()

    def _get_lot_rows(self):
        states = dict(
            self.env["stock.lot"]._fields["hold_state"]._description_selection(self.env)
        )
        for line in self._in_parts(self.line_ids):
            yield (
                line.lot_id.name,
                line.supplier_lot or "",
                line.product_id.display_name,
                line.uom_id.name,
                self.env._("Yes") if line.is_origin else "",
                line.received_quantity,
                line.on_hand_quantity,
                line.delivered_quantity,
                line.returned_quantity,
                line.consumed_quantity,
                line.vendor_quantity,
                line.scrapped_quantity,
                line.unaccounted_quantity,
                line.unaccounted_percent,
                states[line.hold_state],
            )

    def _get_transformation_rows(self):
        lines = self.env["mrp.recall.line"]._search([("recall_id", "=", self.id)])
        edges = self.env["mrp.genealogy.edge"].search(
            [
                ("child_lot_id", "in", lines.subselect("lot_id")),
                ("company_id", "=", self.company_id.id),
            ],
            order="date, id",
        )
        for edge in self._in_parts(edges):
            yield (
                edge.parent_lot_id.name or "",
                edge.parent_product_id.display_name or "",
                edge.quantity,
                edge.parent_uom_id.name or "",
                edge.child_lot_id.name,
                edge.child_product_id.display_name,
                edge.child_quantity,
                edge.child_uom_id.name,
                edge.company_id.partner_id._display_address(
                    without_company=False
                ).replace("\n", ", "),
                edge.date,
                self.env._("Manufacturing order")
                if edge.production_id
                else self.env._("Unbuild order"),
                edge.production_id.name or edge.unbuild_id.name or "",
            )

    def _get_shipping_rows(self):
        lines = self.env["mrp.recall.line"]._search([("recall_id", "=", self.id)])
        events = self.env["stock.lot.distribution"].search(
            [
                ("lot_id", "in", lines.subselect("lot_id")),
                ("company_id", "=", self.company_id.id),
            ],
            order="date, id",
        )
        kinds = dict(events._fields["kind"]._description_selection(self.env))
        for event in self._in_parts(events):
            yield (
                event.lot_name,
                event.product_name,
                event.quantity,
                event.uom_name,
                kinds[event.kind],
                event.customer,
                event.company_id.display_name,
                event.date,
                event.document or "",
            )

    def _get_contact_rows(self):
        contacts = self.contact_ids
        states = dict(contacts._fields["state"]._description_selection(self.env))
        for contact in contacts:
            yield (
                contact.customer,
                contact.product_id.display_name,
                contact.uom_id.name,
                contact.delivered_quantity,
                contact.returned_quantity,
                contact.destroyed_quantity,
                contact.open_quantity,
                states[contact.state],
                contact.contact_date,
                contact.user_id.name or "",
                contact.answer or "",
            )
