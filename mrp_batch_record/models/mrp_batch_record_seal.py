import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import utc_text
from ..tools.seal import Verifier


class MrpBatchRecord(models.Model):
    """The seal of one record: what it holds is recomputed whenever it is opened."""

    _inherit = "mrp.batch.record"

    seal_state = fields.Selection(
        [("sealed", "Sealed"), ("pending", "Not Linked Yet"), ("broken", "Broken")],
        compute="_compute_seal_state",
        string="Seal",
        help="Sealed: all entries are as they were written and linked into the chain "
        "of the company. Not linked yet: as written, the link follows within a minute.",
    )
    seal_message = fields.Text(compute="_compute_seal_state")
    seal_hash = fields.Char(
        string="Hash of the Last Entry", compute="_compute_seal_state"
    )
    unlinked_count = fields.Integer(
        string="Entries Not Linked Yet", compute="_compute_seal_state"
    )
    entry_ids = fields.Many2many(
        "mrp.batch.seal", compute="_compute_entry_ids", string="All Entries"
    )

    @api.depends("entry_count")
    def _compute_entry_ids(self):
        entries = self.env["mrp.batch.seal"].search(
            [("record_key", "in", self.mapped("key"))], order="record_key, sequence"
        )
        grouped = entries.grouped("record_key")
        for record in self:
            record.entry_ids = grouped.get(record.key, entries.browse())

    @api.depends("entry_count")
    def _compute_seal_state(self):
        contents = self._get_sealed_content()
        for record in self:
            entries, links, persons = contents[record]
            verifier = Verifier()
            for entry in entries:
                link = links.get(entry["id"])
                if link:
                    # what lies between is verified with the whole chain
                    verifier.position = link["position"] - 1
                    verifier.head = link["previous"]
                verifier.take(entry, link, persons)
            found = {entry["sequence"] for entry in entries}
            verifier.check_sequences(
                {record.name: found} if found else {},
                {record.name: record.entry_count},
            )
            record.unlinked_count = len(entries) - len(links)
            record.seal_hash = entries[-1]["hash"] if entries else False
            record.seal_message = False
            if verifier.problems:
                record.seal_state = "broken"
                record.seal_message = self.env["mrp.batch.verification"]._get_first(
                    verifier
                )
            else:
                record.seal_state = "pending" if record.unlinked_count else "sealed"

    def _get_sealed_content(self):
        """:return: dict of (entries, links per id of an entry, persons per commitment)
        per record, as the verifier takes them
        """
        keys = tuple(self.mapped("key")) or ("",)
        # sudo: who may read a record may know that it is as it was written
        env = self.sudo().env
        entries = env["mrp.batch.seal"]._fetch(
            SQL("record_key IN %s ORDER BY record_key, sequence", keys)
        )
        ids = tuple(entry["id"] for entry in entries) or (0,)
        links = {
            link["entry"]: link
            for link in env["mrp.batch.link"]._fetch(SQL("entry IN %s", ids))
        }
        persons = {}
        for commitment, salt, text in env["mrp.batch.person"]._fetch(
            SQL("record_key IN %s", keys)
        ):
            persons.setdefault(commitment, []).append((salt, text))
        contents = {}
        for record in self:
            own = [entry for entry in entries if entry["key"] == record.key]
            contents[record] = (
                own,
                {
                    entry["id"]: links[entry["id"]]
                    for entry in own
                    if entry["id"] in links
                },
                persons,
            )
        return contents

    def _get_entries(self):
        """:return: list of dicts of the record's entries: ``sequence``, ``kind``,
        ``at``, ``hash``, ``position`` (0: not linked), ``payload``
        """
        self.ensure_one()
        entries, links, _persons = self._get_sealed_content()[self]
        return [
            {
                **{name: entry[name] for name in ("sequence", "kind", "at", "hash")},
                "id": entry["id"],
                "position": links[entry["id"]]["position"]
                if entry["id"] in links
                else 0,
                "payload": self._read_payload(entry),
            }
            for entry in entries
        ]

    def _read_payload(self, entry):
        try:
            return json.loads(entry["text"])["payload"]
        except (ValueError, KeyError, TypeError):
            # somebody destroyed it: the seal is broken, the rest stays readable
            return {}

    def _get_export(self):
        """:return: what is sealed in these records, as a file of the verifier"""
        contents = self._get_sealed_content()
        company = self.company_id[:1]
        return self._prepare_export(
            company,
            [
                entry
                for entries, _links, _persons in contents.values()
                for entry in entries
            ],
            [
                link
                for _entries, links, _persons in contents.values()
                for link in links.values()
            ],
            complete=False,
            counts={record.name: record.entry_count for record in self},
        )

    @api.model
    def _get_company_export(self, company):
        """:return: everything a company sealed, as a file of the verifier"""
        env = self.sudo().env  # sudo: as the verifier
        return self._prepare_export(
            company,
            env["mrp.batch.seal"]._fetch(
                SQL("company_id = %s ORDER BY id", company.id)
            ),
            env["mrp.batch.link"]._fetch(
                SQL("company_id = %s ORDER BY position", company.id)
            ),
            complete=True,
            counts=env["mrp.batch.verification"]._get_counts(company),
        )

    @api.model
    def _prepare_export(self, company, entries, links, complete, counts):
        keys = tuple({entry["key"] for entry in entries}) or ("",)
        # sudo: as the verifier
        persons = (
            self.env["mrp.batch.person"].sudo()._fetch(SQL("record_key IN %s", keys))
        )
        return {
            "export": 1,
            "company": {"id": company.id, "name": company.name},
            "at": utc_text(fields.Datetime.now()),
            "complete": complete,
            "counts": counts,
            "entries": entries,
            "links": links,
            "persons": [
                {"commitment": commitment, "salt": salt, "text": text}
                for commitment, salt, text in persons
            ],
        }

    def action_export(self):
        """Download what is sealed in these records."""
        return {
            "type": "ir.actions.act_url",
            "url": "/mrp_batch_record/export?records="
            + ",".join(str(id_) for id_ in self.ids),
            "target": "self",
        }
