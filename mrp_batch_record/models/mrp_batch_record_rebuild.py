import json
import re

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import DECIDING
from .mrp_batch_record_add import DECIDED

# the last of these tells the state of a record
STATES = {
    "opening": "open",
    "execution": "executed",
    "review": "review",
    "release": "released",
    "rejection": "rejected",
    "cancelled": "cancelled",
}


class MrpBatchRecord(models.Model):
    """A record is an index of its entries, and can be made from them again."""

    _inherit = "mrp.batch.record"

    @api.model
    def _rebuild(self):
        """Make the records of entries that have none.

        :return: the new records
        """
        # sudo: the server makes records, of all companies
        records = DECIDING.put_on(self.sudo()).with_context(tracking_disable=True)
        entries = self._get_orphans()
        by_key = {}
        for entry in entries:
            by_key.setdefault(entry["key"], []).append(entry)
        keys = {own[0]["company"] for own in by_key.values()}
        companies = set(self.env["res.company"].sudo().browse(keys).exists().ids)
        return records.create(
            [
                self._prepare_rebuilt(own)
                for own in by_key.values()
                if own[0]["company"] in companies
            ]
        )

    @api.model
    def _get_orphans(self):
        # sudo: as above
        return (
            self.env["mrp.batch.seal"]
            .sudo()
            ._fetch(
                SQL("record_key NOT IN (SELECT key FROM mrp_batch_record) ORDER BY id")
            )
        )

    def _prepare_rebuilt(self, entries):
        opening = self._read_payload(entries[0])
        run = self._find_run(opening.get("run") or {}, entries[0]["company"])
        states = [entry for entry in entries if entry["kind"] in STATES]
        executed = [e for e in entries if e["kind"] == "execution"]
        changes = self._get_change_kinds()
        product = self.env["product.product"].browse(
            (opening.get("product") or {}).get("id")
        )
        return {
            "name": entries[0]["record"],
            "key": entries[0]["key"],
            "ordinal": int(re.search(r"\d+$", entries[0]["record"]).group()),
            run._name == "mrp.unbuild" and "unbuild_id" or "production_id": run.id,
            "run_name": (opening.get("run") or {}).get("name") or "?",
            "company_id": entries[0]["company"],
            "product_id": product.exists().id,
            "product_name": (opening.get("product") or {}).get("name"),
            "state": STATES[states[-1]["kind"]] if states else "open",
            "date_open": self._read_time(entries[0]["at"]),
            "date_executed": executed and self._read_time(executed[0]["at"]),
            "entry_count": max(entry["sequence"] for entry in entries),
            "change_count": sum(entry["kind"] in changes for entry in entries),
            "late_change_count": self._count_late_changes(entries),
            "lot_ids": [(6, 0, self._find_lots(entries).ids)],
        }

    @api.model
    def _count_late_changes(self, entries):
        kinds, decided, count = self._get_alarm_kinds(), False, 0
        for entry in entries:
            decided = decided or STATES.get(entry["kind"]) in DECIDED
            count += decided and entry["kind"] in kinds
        return count

    @api.model
    def _read_time(self, text):
        return fields.Datetime.to_datetime(text.replace("T", " ").replace("Z", ""))

    def _find_run(self, described, company):
        """:return: the run an entry tells of, when it is still there and has no other
        record
        """
        model, _comma, number = (described.get("ref") or "mrp.production,0").partition(
            ","
        )
        if model not in ("mrp.production", "mrp.unbuild"):
            return self.env["mrp.production"]
        # sudo: the record is rebuilt as the server sees the order
        run = self.env[model].sudo().browse(int(number)).exists()
        if run.company_id.id != company or run.batch_record_ids:
            return run.browse()
        return run

    def _find_lots(self, entries):
        """:return: lots the entries tell of, as far as they are still there"""
        ids = {
            line["lot"]["id"]
            for entry in entries
            if entry["kind"] == "outputs"
            for line in json.loads(entry["text"])["payload"]["lines"]
            if line["lot"]
        }
        # sudo: the record is rebuilt as the server sees the lots
        return self.env["stock.lot"].sudo().browse(sorted(ids)).exists()
