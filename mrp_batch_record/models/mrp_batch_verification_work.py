import time

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import DECIDING
from ..tools.seal import Verifier, get_report

AT_ONCE = 5000


class MrpBatchVerification(models.Model):
    """The work of a verification: part by part, whoever does the next one."""

    _inherit = "mrp.batch.verification"

    @api.model
    def _verify(self, company):
        """Recompute everything a company ever sealed, in this transaction.

        :return: the verification, which tells what was found
        """
        verification = self._begin(company)
        while verification.state == "running":
            verification._go_on()
        return verification

    @api.model
    def _begin(self, company):
        return DECIDING.put_on(self).create(
            {
                "company_id": company.id,
                "date": fields.Datetime.now(),
                "user_id": self.env.uid,
                "state": "running",
                "total": self.env["mrp.batch.link"]._get_head(company.id)["position"],
            }
        )

    def _go_on(self):
        """Check the next part of the chain, or, at its end, what is beside it.

        :return: how many links were checked; 0: it is over
        """
        began = time.perf_counter()
        state = self.resume or {}
        verifier = Verifier.resume(state.get("verifier"))
        links = self._get_next_links(state.get("after", -1))
        vals = {}
        if links:
            self._take(verifier, links)
            vals["resume"] = {
                "after": links[-1][0]["position"],
                "verifier": verifier.get_state(),
            }
        else:
            vals = {**self._finish(verifier), "resume": False}
        DECIDING.put_on(self).write(
            {
                **vals,
                "checked": verifier.checked,
                "position": verifier.position,
                "head": verifier.head,
                "problem_count": verifier.problem_count,
                "first_problem": self._get_first(verifier),
                "seconds": self.seconds + time.perf_counter() - began,
            }
        )
        if not links:
            self._warn()
        return len(links)

    def _finish(self, verifier):
        """Check what is in no chain: new entries, numbers, heads that were filed.

        :return: values to write
        """
        company = self.company_id
        unlinked = self._get_unlinked(company)
        self._ask_to_link(company, unlinked)
        self._take(verifier, [(None, entry) for entry in unlinked])
        verifier.check_sequences(*self._get_odd_sequences(company))
        self._check_heads(verifier, company)
        gaps = self.env["mrp.batch.record"]._get_gaps(company)
        for gap in gaps:
            if gap["sealed"]:
                verifier.report(
                    gap["number"], "its record is missing", "a record", "entries only"
                )
        return {
            "state": "broken" if verifier.problem_count else "ok",
            "unlinked": len(unlinked),
            "erased": self._count_erased(company),
            "gap_count": len(gaps),
            "gaps": "\n".join(gap["number"] for gap in gaps),
            "unrecorded": "\n".join(self._get_unrecorded(company).mapped("name")),
            "report": "\n".join(get_report(verifier)),
        }

    def _warn(self):
        """Somebody has to look at a broken chain."""
        if self.state != "broken":
            return
        person = self.company_id._get_releaser()
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The seal of batch records is broken"),
            user_id=person.id or self.env.uid,
        )

    def _get_first(self, verifier):
        if not verifier.problems:
            return False
        first = verifier.problems[0]
        return self.env._(
            "%(place)s: %(what)s. Expected %(expected)s, found %(found)s.", **first
        )

    def _check_heads(self, verifier, company):
        """Compare with the heads that were given away, as far as we know them."""
        anchors = self.env["mrp.batch.anchor"].search([("company_id", "=", company.id)])
        places = tuple(anchors.mapped("position")) or (0,)
        links = self.env["mrp.batch.link"]._fetch(
            SQL("company_id = %s AND position IN %s", company.id, places)
        )
        hashes = {link["position"]: link["hash"] for link in links}
        for anchor in reversed(anchors):
            verifier.check_head(
                {"position": anchor.position, "hash": anchor.head}, hashes
            )

    def _get_next_links(self, after):
        """:return: list of (link, entry or None), in the order of the chain"""
        links = self.env["mrp.batch.link"]._fetch(
            SQL(
                "company_id = %s AND position > %s ORDER BY position LIMIT %s",
                *(self.company_id.id, after, AT_ONCE),
            )
        )
        ids = tuple(link["entry"] for link in links) or (0,)
        entries = self.env["mrp.batch.seal"]._fetch(SQL("id IN %s", ids))
        by_id = {entry["id"]: entry for entry in entries}
        return [(link, by_id.get(link["entry"])) for link in links]

    def _take(self, verifier, links):
        keys = tuple({entry["key"] for _link, entry in links if entry})
        persons = {}
        if keys:
            for commitment, salt, text in self.env["mrp.batch.person"]._fetch(
                SQL("record_key IN %s", keys)
            ):
                persons.setdefault(commitment, []).append((salt, text))
        for link, entry in links:
            if entry:
                verifier.take(entry, link, persons)
            else:
                verifier.take_missing(link)

    def _get_odd_sequences(self, company):
        """:return: (numbers of the entries, how many there should be) per record, of
        the records whose entries do not run from one to the last one
        """
        self.env["mrp.batch.record"].flush_model(["entry_count", "name"])
        self.env.cr.execute(
            """
            SELECT COALESCE(record.name, seal.record), record.entries, seal.numbers
              FROM (
                SELECT record, array_agg(sequence) AS numbers, min(sequence) AS first,
                       max(sequence) AS last, count(*) AS rows,
                       count(DISTINCT sequence) AS found
                  FROM mrp_batch_seal WHERE company_id = %(company)s GROUP BY record
              ) seal
              FULL JOIN (
                SELECT name, COALESCE(entry_count, 0) AS entries
                  FROM mrp_batch_record WHERE company_id = %(company)s
              ) record ON record.name = seal.record
             WHERE (seal.rows, seal.found, seal.last, seal.first)
                   IS DISTINCT FROM (
                       record.entries, record.entries, record.entries, 1
                   )
            """,
            {"company": company.id},
        )
        rows = self.env.cr.fetchall()
        return (
            {record: numbers for record, _count, numbers in rows if numbers},
            {record: count for record, count, _numbers in rows if count is not None},
        )

    def _get_unlinked(self, company):
        return self.env["mrp.batch.seal"]._fetch(
            SQL(
                "company_id = %s AND NOT EXISTS (SELECT 1 FROM mrp_batch_link WHERE "
                "entry = mrp_batch_seal.id) ORDER BY id",
                company.id,
            )
        )

    def _ask_to_link(self, company, entries):
        """Whatever has no place in the chain is on the list of work again."""
        if entries:
            self.env.cr.execute(
                """
                INSERT INTO mrp_batch_pending (entry, company)
                SELECT id, %s FROM unnest(%s) id
                 WHERE id NOT IN (
                    SELECT entry FROM mrp_batch_pending WHERE company = %s
                 )
                """,
                [company.id, [entry["id"] for entry in entries], company.id],
            )

    def _get_counts(self, company):
        """:return: how many entries each record should have"""
        self.env["mrp.batch.record"].flush_model(["entry_count", "name"])
        self.env.cr.execute(
            "SELECT name, COALESCE(entry_count, 0) FROM mrp_batch_record "
            "WHERE company_id = %s",
            [company.id],
        )
        return dict(self.env.cr.fetchall())

    def _count_erased(self, company):
        self.env.cr.execute(
            "SELECT count(*) FROM mrp_batch_person WHERE company_id = %s AND "
            "text IS NULL",
            [company.id],
        )
        return self.env.cr.fetchone()[0]
