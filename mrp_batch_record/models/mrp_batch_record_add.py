from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import Person, reference, utc_text

DECIDED = ("released", "rejected")


class MrpBatchRecord(models.Model):
    """Adding entries: numbered, sealed, with people by commitment."""

    _inherit = "mrp.batch.record"

    def _add_sections(self, moment, common=None):
        """Write the sections of a moment, for all records at once.

        :param str moment: ``opening`` or ``execution``
        :param dict common: what the first of them says besides
        """
        entries = []
        for number, kind in enumerate(self._get_section_kinds(moment)):
            section = getattr(self, f"_prepare_section_{kind}")()
            for record, payload in section.items():
                if payload and number == 0 and common:
                    payload = {**payload, **common}
                if payload:
                    entries.append((record, kind, payload))
        # all of a record stand together, in the order of the sections
        order = {record: place for place, record in enumerate(self)}
        entries.sort(key=lambda entry: order[entry[0]])
        self._add_entries(entries)

    @api.model
    def _get_section_kinds(self, moment):
        """Which ``_prepare_section_*`` are written when; rooms above add theirs.

        ``_prepare_section_<name>`` is called for many records at once, as the server,
        and returns content per record; records without any are left out. Content is
        JSON without fractions: ``_quantity`` and ``decimal_text`` write numbers,
        ``utc_text`` moments, ``reference`` and ``_describe_*`` records, and a
        ``Person`` is somebody. ``_get_section_titles`` and ``_get_kind_names`` say
        where and under which name it is shown, ``_draw_<name>`` as which tables.
        What happens later comes by ``_add``.

        :return: list of names; the last one of ``execution`` tells that it is over
        """
        return {
            "opening": ["opening", "recipe", "plan"],
            "execution": [
                "materials",
                "equipment",
                "operations",
                "outputs",
                "yield",
                "rejects",
                "delays",
                "notes",
                "execution",
            ],
        }[moment]

    def _add(self, kind, payloads):
        """Add one entry to each of these records.

        :param dict payloads: content per record
        """
        self._add_entries(
            [(record, kind, payload) for record, payload in payloads.items()]
        )

    @api.model
    def _add_entries(self, entries):
        """Number and seal entries in this transaction.

        Only the record itself is locked while its entries get their numbers; nobody
        who writes about another run waits.

        :param list entries: (record, kind, payload)
        """
        if not entries:
            return
        at = utc_text(fields.Datetime.now())
        last = self._take_numbers(entries)
        rows = []
        for record, kind, payload in entries:
            last[record.id] += 1
            rows.append(
                {
                    "company": record.company_id.id,
                    "key": record.key,
                    "record": record.name,
                    "sequence": last[record.id],
                    "kind": kind,
                    "at": at,
                    "payload": payload,
                }
            )
        self._commit_to_people(rows)
        # sudo: whoever works need not have rights on what is written about it
        self.env["mrp.batch.seal"].sudo()._insert(rows)
        self._ask_for_link()
        self._alarm(entries)

    @api.model
    def _take_numbers(self, entries):
        """:return: dict of the last number before these entries, per id of a record"""
        counts, changes, alarms = Counter(), Counter(), Counter()
        for record, kind, _payload in entries:
            counts[record.id] += 1
            changes[record.id] += kind in self._get_change_kinds()
            alarms[record.id] += kind in self._get_alarm_kinds()
        values = [
            SQL("(%s, %s, %s, %s)", id_, counts[id_], changes[id_], alarms[id_])
            for id_ in sorted(counts)
        ]
        if alarms.total():
            # whether it was decided about is asked of the table
            self.flush_model(["state"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE mrp_batch_record record
                   SET entry_count = COALESCE(entry_count, 0) + added.entries,
                       change_count = COALESCE(change_count, 0) + added.changes,
                       late_change_count = COALESCE(late_change_count, 0) + CASE
                           WHEN state IN %s THEN added.alarms ELSE 0
                       END
                  FROM (VALUES %s) AS added (id, entries, changes, alarms)
                 WHERE record.id = added.id
                RETURNING record.id, record.entry_count
                """,
                DECIDED,
                SQL(", ").join(values),
            ),
            # two write about one run: Odoo does the later one again
            log_exceptions=False,
        )
        now = dict(self.env.cr.fetchall())
        records = self.browse(counts)
        names = ["entry_count", "change_count", "late_change_count"]
        records.invalidate_recordset(names, flush=False)
        # what is computed from the entries is computed anew
        records.modified(names)
        return {id_: now[id_] - counts[id_] for id_ in counts}

    @api.model
    def _get_change_kinds(self):
        """:return: kinds of entries that tell that something was changed later"""
        return {"correction", "change", "erasure"}

    @api.model
    def _get_alarm_kinds(self):
        """:return: kinds of entries somebody is told of once a record is decided"""
        return self._get_change_kinds() - {"erasure"}

    @api.model
    def _commit_to_people(self, rows):
        """Put a commitment in the place of every person the entries tell of."""
        found = {}
        for row in rows:
            for person in self._find_people(row["payload"]):
                found.setdefault((row["company"], row["key"], person))
        # sudo: names are written by the server alone
        commitments = self.env["mrp.batch.person"].sudo()._commit_to(list(found))
        known = dict(zip(found, commitments, strict=True))
        for row in rows:
            row["payload"] = self._replace_people(
                row["payload"],
                lambda person, row=row: known[row["company"], row["key"], person],
            )

    def _find_people(self, value):
        if isinstance(value, Person):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from self._find_people(each)
        elif isinstance(value, (list, tuple)):
            for each in value:
                yield from self._find_people(each)

    def _replace_people(self, value, replace):
        if isinstance(value, Person):
            return {"person": replace(value)}
        if isinstance(value, dict):
            return {
                key: self._replace_people(each, replace) for key, each in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self._replace_people(each, replace) for each in value]
        return value

    @api.model
    def _ask_for_link(self):
        """Have the scheduled action link what was sealed, once per transaction."""
        asked = self.env.cr.precommit.data
        if "mrp_batch_record.link" not in asked:
            asked["mrp_batch_record.link"] = True
            self.env.cr.precommit.add(self._trigger_link)

    @api.model
    def _trigger_link(self):
        self.env.cr.precommit.data.pop("mrp_batch_record.link", None)
        cron = self.env.ref("mrp_batch_record.ir_cron_link", False)
        if cron:
            # sudo: whoever works need not have rights on scheduled actions
            cron.sudo()._trigger()

    # What entries say about people and things

    def _get_user(self, user=None, function=""):
        """:return: ``Person`` of a user, the present one by default"""
        user = user or self.env.user
        # sudo: the printed name of who did it
        return Person(reference(user), user.sudo().name, function)

    @api.model
    def _describe_product(self, product):
        return {
            "id": product.id,
            "code": product.default_code or None,
            "name": product.name,
            "barcode": product.barcode or None,
        }

    @api.model
    def _describe_lot(self, lot):
        if not lot:
            return None
        return {
            "id": lot.id,
            "name": lot.name,
            "supplier_lot": lot.supplier_lot or None,
            "reference": lot.ref or None,
        }
