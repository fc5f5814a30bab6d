import hashlib

from odoo import models
from odoo.tools import html2plaintext

from ..tools import Person, decimal_text, reference, utc_text


class MrpBatchRecord(models.Model):
    """Who did what, on what, and what was said: written when the run is over."""

    _inherit = "mrp.batch.record"

    def _prepare_section_equipment(self):
        """The work centers and lines that were used."""
        sections = {}
        for record in self:
            workorders = record.production_id.workorder_ids.filtered(
                lambda wo: wo.state == "done"
            )
            sections[record] = {
                "lines": [
                    {
                        "id": center.id,
                        "name": center.name,
                        "code": center.code or None,
                        "operations": workorders.filtered(
                            lambda wo, center=center: wo.workcenter_id == center
                        ).mapped("name"),
                    }
                    for center in workorders.workcenter_id
                ]
            }
        return {
            record: section for record, section in sections.items() if section["lines"]
        }

    def _prepare_section_operations(self):
        """Each operation: frozen plan, real times, and who worked from when to when."""
        return {
            record: {
                "lines": [
                    record._prepare_operation(workorder)
                    for workorder in record.production_id.workorder_ids
                ]
            }
            for record in self
            if record.production_id.workorder_ids
        }

    def _prepare_operation(self, workorder):
        return {
            "id": workorder.id,
            "name": workorder.name,
            "work_center": workorder.workcenter_id.name,
            "state": workorder.state,
            "planned_start": utc_text(workorder.baseline_start),
            "planned_end": utc_text(workorder.baseline_end),
            "start": utc_text(workorder.date_start),
            "end": utc_text(workorder.date_finished),
            "expected_minutes": decimal_text(workorder.duration_expected, 2),
            "minutes": decimal_text(workorder.duration, 2),
            "quantity": self._quantity(workorder.qty_produced),
            "work": [self._prepare_log(log) for log in workorder.time_ids],
        }

    def _prepare_log(self, log):
        """:return: from when to when, and whose work it was.

        What Odoo filled in on its own is nobody's work, whoever's name it bears.
        """
        return {
            "id": log.id,
            "from": utc_text(log.date_start),
            "to": utc_text(log.date_end),
            "minutes": decimal_text(log.duration, 2),
            "loss": log.loss_id.name,
            "kind": log.loss_type or None,
            "estimated": bool(log.is_estimated),
            "stopped_by_the_clock": bool(log.is_capped),
            "by": None if log.is_estimated else self._get_worker(log),
        }

    def _get_worker(self, log):
        # sudo: the printed name of who worked
        operator = log.sudo().operator_id
        if operator:
            return Person(reference(operator), operator.name)
        return self._get_user(log.user_id) if log.user_id else None

    def _prepare_section_rejects(self):
        """Scrap, rework and downgrades, with their reasons."""
        return {
            record: {
                "quantities": [
                    self._prepare_quantity(row)
                    for row in record.production_id.operation_quantity_ids
                    if row.kind != "good"
                ],
                "scraps": [
                    self._prepare_scrap(scrap)
                    for scrap in record.production_id.scrap_ids
                    if scrap.state != "draft" and not scrap.operation_quantity_ids
                ],
            }
            for record in self
            if record.production_id.operation_quantity_ids
            or record.production_id.scrap_ids
        }

    def _prepare_quantity(self, row):
        return {
            "id": row.id,
            "kind": row.kind,
            "quantity": self._quantity(row.quantity),
            "unit": row.uom_id.name,
            "operation": row.workorder_id.name or None,
            "reason": self._describe_reason(row.reason_id),
            "note": row.note or None,
            "by": self._get_user(row.user_id),
            "at": utc_text(row.date),
            "taken_back": utc_text(row.reversed_date) if row.reversed else None,
        }

    def _prepare_scrap(self, scrap):
        return {
            "id": scrap.id,
            "number": scrap.name,
            "product": self._describe_product(scrap.product_id),
            "lot": self._describe_lot(scrap.lot_id),
            "quantity": self._quantity(scrap.scrap_qty),
            "unit": scrap.product_uom_id.name,
            "operation": scrap.workorder_id.name or None,
            "reason": self._describe_reason(scrap.mrp_reason_id),
            "note": scrap.mrp_reason_note or None,
            "state": scrap.state,
            "by": self._get_user(scrap.create_uid),
            "at": utc_text(scrap.date_done),
        }

    def _describe_reason(self, reason):
        """:return: the reason's words; None shows as not classified"""
        return reason.display_name if reason else None

    def _prepare_section_delays(self):
        """Stops and late finishes; a pending reason shows as such."""
        return {
            record: {"lines": [self._prepare_delay(each) for each in delays]}
            for record in self
            # sudo: what was recorded counts, whoever closes the order
            if (delays := record.production_id.sudo().delay_ids)
        }

    def _prepare_delay(self, delay):
        return {
            "id": delay.id,
            "kind": delay.kind,
            "where": delay.workorder_id.name or None,
            "from": utc_text(delay.date_start),
            "to": utc_text(delay.date_end),
            "minutes": decimal_text(delay.minutes, 2),
            "state": delay.state,
            "reasons": [
                {
                    "reason": self._describe_reason(line.reason_id),
                    "note": line.note or None,
                    "by": self._get_user(line.user_id),
                }
                for line in delay.line_ids
            ],
            "by": self._get_user(delay.user_id) if delay.user_id else None,
        }

    def _prepare_section_notes(self):
        """What people wrote on the order, and the files they attached, by hash."""
        orders = self.production_id
        # sudo: notes and files of the order belong to its record
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "mrp.production"),
                    ("res_id", "in", orders.ids),
                    ("message_type", "=", "comment"),
                ],
                order="id",
            )
        )
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "mrp.production"),
                    ("res_id", "in", orders.ids),
                ],
                order="id",
            )
        )
        sections = {}
        for record in self if messages or files else ():
            order = record.production_id
            notes = messages.filtered(lambda m, order=order: m.res_id == order.id)
            attached = files.filtered(lambda f, order=order: f.res_id == order.id)
            if notes or attached:
                sections[record] = {
                    "notes": [self._prepare_note(note) for note in notes],
                    "files": [self._prepare_file(file) for file in attached],
                }
        return sections

    def _prepare_note(self, message):
        author = message.author_id
        return {
            "id": message.id,
            "text": html2plaintext(message.body or "") or None,
            "by": Person(reference(author), author.name) if author else None,
            "at": utc_text(message.date),
        }

    def _prepare_file(self, file):
        content = file.raw or b""
        return {
            "id": file.id,
            "name": file.name,
            "type": file.mimetype or None,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }

    def _prepare_section_execution(self):
        """That it is over: when, by whom, how much."""
        user = self._get_user()
        return {
            record: {
                "run": record.production_id.name or record.unbuild_id.name,
                "by": user,
                "finished": utc_text(record.production_id.date_finished),
                "quantity": self._quantity(
                    record.production_id.qty_produced or record.unbuild_id.product_qty
                ),
                "unit": (
                    record.production_id.product_uom_id
                    or record.unbuild_id.product_uom_id
                ).name,
                "lots": sorted(set(record._get_made_lines().lot_id.mapped("name"))),
            }
            for record in self
        }
