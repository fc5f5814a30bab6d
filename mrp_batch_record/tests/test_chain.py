import hashlib
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..tools import seal
from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestChain(BatchCommon):
    """Sealed at once, linked later."""

    def _count(self):
        return self.env["mrp.batch.link"]._count_pending(self.company)

    def test_sealed_then_linked(self):
        record = self._get_record(self._make())
        self.assertEqual(self._count(), record.entry_count)
        self.assertEqual(record.unlinked_count, record.entry_count)
        self.assertEqual(self._link(), record.entry_count)
        self.assertEqual(self._link(), 0)
        record.invalidate_recordset()
        self.assertEqual(record.unlinked_count, 0)
        self.assertEqual(
            [e["position"] for e in record._get_entries()], list(range(1, 10))
        )
        verification = self._verify()
        self.assertEqual((verification.state, verification.unlinked), ("ok", 0))
        self.assertEqual(verification.position, 9)

    def test_the_cron_links_all_companies(self):
        self._make()
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0):
            self.env["mrp.batch.link"]._cron_link()
        self.assertEqual(self._count(), 0)
        self.assertEqual(self._verify().state, "ok")

    def test_the_cron_is_asked_once(self):
        data = self.env.cr.precommit.data
        data.pop("mrp_batch_record.link", None)
        orders = self._confirm() | self._confirm()
        self._complete(orders)
        self.assertTrue(data["mrp_batch_record.link"])
        triggers = self.env["ir.cron.trigger"].sudo()
        cron = self.env.ref("mrp_batch_record.ir_cron_link")
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.env.cr.precommit.run()
        after = triggers.search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)

    def test_one_linker_at_a_time(self):
        self._make()
        with self.env.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_lock(%s, %s)",
                [0x6D726272, self.company.id],
            )
            self.assertEqual(self._link(), 0)
            other.execute("SELECT pg_advisory_unlock_all()")
        self.assertGreater(self._link(), 0)

    def test_a_lost_list_of_work(self):
        """Who takes an entry off the list hides nothing: it is not linked."""
        self._make()
        self.env.cr.execute("DELETE FROM mrp_batch_pending")
        self.assertEqual(self._link(), 0)
        verification = self._verify()
        self.assertEqual((verification.state, verification.unlinked), ("ok", 9))
        self.assertIn("waits for its link", verification.report)
        # and the next verification has put them on the list again
        self.assertEqual(self._link(), 9)
        self.assertEqual(self._verify().unlinked, 0)

    def test_companies_have_chains_of_their_own(self):
        self._make()
        self._link()
        other = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.env["mrp.batch.link"]._get_head(other.id)["position"], 0)

    def test_a_clock_that_goes_back(self):
        now = fields.Datetime.now()
        self._confirm()
        self._link()
        with patch.object(
            fields.Datetime, "now", lambda *_args: now - timedelta(days=2)
        ):
            self._confirm()
            self._link()
        verification = self._verify()
        self.assertEqual(verification.state, "ok")
        self.assertIn("the clock went back", verification.report)

    def test_a_new_format_in_mid_chain(self):
        self._confirm()
        self._link()
        with patch("odoo.addons.mrp_batch_record.models.mrp_batch_seal.FORMAT", 2):
            self._confirm()
        self._link()
        self._confirm()
        self._link()
        verification = self._verify()
        self.assertEqual(verification.state, "ok")
        self.assertIn("newer than this verifier", verification.report)
        with patch.object(seal, "FORMAT", 2):
            self.assertNotIn("newer than", self._verify().report)

    def test_another_hash_in_mid_chain(self):
        self._confirm()
        self._link()
        hashes = {**seal.HASHES, "2": hashlib.sha512}
        with patch.object(seal, "HASHES", hashes):
            with patch.object(seal.get_hash, "__defaults__", ("2",)):
                self._confirm()
                self._link()
            self.assertEqual(self._verify().state, "ok")

    def test_the_tables_never_gain_a_column(self):
        self.env.cr.execute(
            """
            SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
              FROM information_schema.columns
             WHERE table_name IN (
                'mrp_batch_seal', 'mrp_batch_link', 'mrp_batch_person'
             ) GROUP BY table_name
            """
        )
        self.assertEqual(
            dict(self.env.cr.fetchall()),
            {
                "mrp_batch_seal": [
                    *("id", "company_id", "record_key", "record", "sequence"),
                    *("kind", "format", "at", "text", "hash"),
                ],
                "mrp_batch_link": [
                    *("id", "company_id", "position", "entry", "entry_hash"),
                    *("previous", "at", "hash"),
                ],
                "mrp_batch_person": [
                    *("id", "company_id", "record_key", "commitment", "salt"),
                    *("text", "key"),
                ],
            },
        )
        self.env.cr.execute(
            """
            SELECT count(*) FROM pg_constraint
             WHERE contype = 'f' AND conrelid IN (
                'mrp_batch_seal'::regclass, 'mrp_batch_link'::regclass,
                'mrp_batch_person'::regclass
             )
            """
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_verified_part_by_part(self):
        """Each part is a transaction of its own; findings of all are told."""
        self._make()
        self._make()
        self._link()
        verifications = self.env["mrp.batch.verification"].sudo()
        begun = verifications._start(self.company)
        self.assertEqual((begun.state, begun.checked, begun.total), ("running", 0, 18))
        self.assertEqual(verifications._start(self.company), begun)
        work = "odoo.addons.mrp_batch_record.models.mrp_batch_verification_work"
        with patch(f"{work}.AT_ONCE", 7):
            self.assertEqual(begun._go_on(), 7)
            self.assertEqual((begun.state, begun.position), ("running", 7))
            self.assertAlmostEqual(begun.progress, 700 / 18)
            # what is sealed meanwhile is verified, too
            self._confirm()
            self._link()
            steps = []
            with patch.object(
                type(self.env["ir.cron"]),
                "_commit_progress",
                lambda _self, processed=0, remaining=None: (
                    steps.append((processed, remaining)) or 1
                ),
            ):
                verifications._cron_go_on()
        self.assertEqual([done for done, _left in steps], [0, 7, 7, 1, 0])
        self.assertEqual((begun.state, begun.checked, begun.position), ("ok", 21, 21))
        self.assertEqual(begun.progress, 100)
        self.assertFalse(begun.resume)

    def test_findings_of_earlier_parts_are_kept(self):
        self._make()
        self._link()
        verifications = self.env["mrp.batch.verification"].sudo()
        work = "odoo.addons.mrp_batch_record.models.mrp_batch_verification_work"
        self.env.cr.execute("ALTER TABLE mrp_batch_seal DISABLE TRIGGER ALL")
        self.env.cr.execute(
            "UPDATE mrp_batch_seal SET text = replace(text, 'Cheese', 'Gold') "
            "WHERE id = (SELECT min(id) FROM mrp_batch_seal WHERE company_id = %s)",
            [self.company.id],
        )
        self.env["mrp.batch.seal"].init()
        begun = verifications._begin(self.company)
        with patch(f"{work}.AT_ONCE", 2):
            while begun.state == "running":
                begun._go_on()
                self.env.invalidate_all()
        self.assertEqual(begun.state, "broken")
        self.assertIn("entry 1 (opening", begun.first_problem)
        self.assertTrue(begun.activity_ids)

    def test_one_number_for_two_entries(self):
        self._make()
        self.env.cr.execute("DROP INDEX mrp_batch_seal_sequence")
        self.env.cr.execute(
            """
            INSERT INTO mrp_batch_seal (
                company_id, record_key, record, sequence, kind, format, at, text, hash
            )
            SELECT company_id, record_key, record, sequence, kind, format, at, text,
                   hash
              FROM mrp_batch_seal WHERE company_id = %s AND sequence = 3
            """,
            [self.company.id],
        )
        verification = self._verify()
        self.assertEqual(verification.state, "broken")
        self.assertIn("two entries have one number", verification.report)
