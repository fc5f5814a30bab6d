import json
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..tools import decimal_text, utc_text


class MrpBatchRecord(models.Model):
    """What went in and what came out, written when the run is over."""

    _inherit = "mrp.batch.record"

    def _get_used_moves(self):
        """:return: stock moves of what the run took"""
        if self.unbuild_id:
            return self.unbuild_id.produce_line_ids.filtered(
                lambda move: move.location_dest_id.usage == "production"
            )
        return self.production_id.move_raw_ids

    def _get_made_moves(self):
        """:return: stock moves of what the run put out"""
        if self.unbuild_id:
            # Odoo ties both sides to the unbuild order by one field
            return self.unbuild_id.produce_line_ids.filtered(
                lambda move: move.location_id.usage == "production"
            )
        return self.production_id.move_finished_ids

    def _get_made_lines(self):
        return self._get_made_moves().move_line_ids.filtered(
            lambda line: line.state == "done" and line.quantity
        )

    def _get_sealed(self, kind):
        """:return: dict of the first content of a kind per record"""
        keys = {record.key: record for record in self}
        if not keys:
            return {}
        # sudo: a record may always read what it holds
        entries = (
            self.env["mrp.batch.seal"]
            .sudo()
            ._fetch(
                SQL(
                    "record_key IN %s AND kind = %s ORDER BY id DESC", tuple(keys), kind
                )
            )
        )
        return {
            keys[entry["key"]]: json.loads(entry["text"])["payload"]
            for entry in entries
        }

    def _prepare_section_materials(self):
        """What was used: lots, where they came from, and how it differs from the
        recipe.
        """
        recipes = self._get_sealed("recipe")
        return {
            record: {
                "lines": [
                    record._prepare_material(line)
                    for line in record._get_used_moves().move_line_ids
                    if line.state == "done" and line.quantity
                ],
                "totals": record._compare_materials(recipes.get(record)),
            }
            for record in self
        }

    def _prepare_material(self, line):
        """:return: content about one line of what was used; add-ons add to it"""
        return {
            "product": self._describe_product(line.product_id),
            "lot": self._describe_lot(line.lot_id),
            "quantity": self._quantity(line.quantity),
            "unit": line.product_uom_id.name,
            "from": line.location_id.complete_name,
            "at": utc_text(line.date),
        }

    def _compare_materials(self, recipe):
        """As designed, as expected for what was made, as built: per product."""
        if not recipe:
            return []
        share, planned = Decimal(0), Decimal(recipe["quantity"])
        if planned:
            share = Decimal(repr(self.production_id.qty_produced)) / planned
        totals = self._sum_designed(recipe["components"])
        for line in self._get_used_moves().move_line_ids:
            if line.state == "done" and line.quantity:
                self._add_used(totals, line)
        return [self._compare_material(total, share) for total in totals.values()]

    def _sum_designed(self, components):
        """:return: dict of totals per product and unit"""
        totals = {}
        for component in components:
            key = (component["product"]["id"], component["unit"])
            total = totals.setdefault(
                key, {**component, "designed": Decimal(0), "used": 0.0}
            )
            total["designed"] += Decimal(component["quantity"])
        return totals

    def _add_used(self, totals, line):
        product, unit = line.product_id, line.move_id.product_uom
        used = line.product_uom_id._compute_quantity(line.quantity, unit, round=False)
        total = totals.setdefault(
            (product.id, unit.name),
            {
                "product": self._describe_product(product),
                "unit": unit.name,
                "designed": Decimal(0),
                "used": 0.0,
            },
        )
        total["used"] += used

    def _compare_material(self, total, share):
        expected = total["designed"] * share
        difference = Decimal(repr(total["used"])) - expected
        return {
            "product": total["product"],
            "unit": total["unit"],
            "designed": self._quantity(total["designed"]),
            "expected": self._quantity(expected),
            "used": self._quantity(total["used"]),
            "difference": self._quantity(difference),
            "percent": decimal_text(100 * difference / expected, 2)
            if expected
            else None,
        }

    def _prepare_section_outputs(self):
        """What came out: of which type, with which lots, how much and to where."""
        return {
            record: {"lines": record._sum_outputs(record._get_made_lines())}
            for record in self
        }

    def _sum_outputs(self, lines):
        """:return: list of content; Odoo has a line of its own for what was more"""
        grouped = lines.grouped(
            lambda line: (
                line.move_id.output_type,
                line.product_id,
                line.lot_id,
                line.product_uom_id,
                line.location_dest_id,
            )
        )
        return [self._prepare_output(same) for same in grouped.values()]

    def _prepare_output(self, lines):
        """:return: content about lines that are alike; add-ons add to it"""
        line = lines[0]
        return {
            "product": self._describe_product(line.product_id),
            "type": line.move_id.output_type or None,
            "lot": self._describe_lot(line.lot_id),
            "quantity": self._quantity(sum(lines.mapped("quantity"))),
            "unit": line.product_uom_id.name,
            "to": line.location_dest_id.complete_name,
            "usability": line.lot_id.hold_state or None,
            "at": utc_text(max(lines.mapped("date"))),
        }

    def _prepare_section_yield(self):
        """The actual yield and its percentage of the theoretical one, by output and
        by operation, and the mass that is in no output.
        """
        return {
            record: record._prepare_yield() for record in self if record.production_id
        }

    def _prepare_yield(self):
        order = self.production_id
        return {
            "outputs": [
                {
                    "product": self._describe_product(move.product_id),
                    "type": move.output_type or None,
                    "theoretical": self._quantity(move.planned_output_quantity),
                    "actual": self._quantity(move.quantity),
                    "unit": move.product_uom.name,
                    "percent": decimal_text(move.output_yield, 2)
                    if move.planned_output_quantity
                    else None,
                }
                for move in order.move_finished_ids
                if move.state == "done"
            ],
            "operations": [
                {
                    "name": workorder.name,
                    "started": self._quantity(workorder.qty_started),
                    "good": self._quantity(workorder.qty_good),
                    "percent": decimal_text(workorder.first_pass_yield, 2),
                }
                for workorder in order.workorder_ids
                if workorder.qty_started
            ],
            "input": self._quantity(order.input_mass),
            "output": self._quantity(order.output_mass),
            "unaccounted_percent": decimal_text(order.mass_loss, 2),
            "without_weight": order.mass_incomplete or None,
        }
