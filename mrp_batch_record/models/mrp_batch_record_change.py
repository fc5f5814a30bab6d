from odoo import api, models

from ..tools import reference, utc_text


class MrpBatchRecord(models.Model):
    """What somebody changed in Odoo after it was recorded becomes an entry."""

    _inherit = "mrp.batch.record"

    @api.model
    def _get_values(self, document, names):
        """:return: dict of values as text, per field"""
        return {name: self._get_value_text(document, name) for name in sorted(names)}

    @api.model
    def _get_value_text(self, document, name):
        field, value = document._fields[name], document[name]
        if field.type in ("many2one", "many2many", "one2many"):
            # sudo: the names of what is referred to
            return ", ".join(value.sudo().mapped("display_name")) or None
        if field.type == "float":
            return self._quantity(value)
        if field.type == "datetime":
            return utc_text(value)
        return str(value) if value not in (False, None) else None

    def _record_changes(self, changed, what="changed"):
        """Tell what differs from before.

        :param dict changed: (document, values before) per record
        """
        payloads = {}
        for record, (document, before) in changed.items():
            after = self._get_values(document, before)
            lines = [
                {
                    "field": document._fields[name].string,
                    "name": name,
                    "old": old,
                    "new": after[name],
                }
                for name, old in before.items()
                if old != after[name]
            ]
            if lines:
                payloads[record] = self._prepare_change(document, what, lines)
        if payloads:
            self._add("change", payloads)

    def _prepare_change(self, document, what, lines):
        return {
            "what": what,
            "document": document._description,
            "ref": reference(document),
            "name": document.display_name,
            "lines": lines,
            "by": self._get_user(),
        }

    def _prepare_log_change(self, log, what):
        """:return: content about a time log that was added or deleted"""
        return {
            **self._prepare_change(log, what, []),
            "name": log.workorder_id.display_name,
            "log": self._prepare_log(log),
        }

    def _prepare_line_change(self, line, what):
        """:return: content about goods that were added or taken away"""
        return {
            **self._prepare_change(line, what, []),
            "name": line.product_id.display_name,
            "line": {
                "product": self._describe_product(line.product_id),
                "lot": self._describe_lot(line.lot_id),
                "quantity": self._quantity(line.quantity),
                "unit": line.product_uom_id.name,
                "from": line.location_id.complete_name,
                "to": line.location_dest_id.complete_name,
            },
        }
