import json
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import hooks
from ..tools import seal
from .common import BatchCommon

TABLES = ("mrp_batch_seal", "mrp_batch_link", "mrp_batch_person")
SCRIPT = Path(seal.__file__)


class AttackCommon(BatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._make() | cls._make()
        cls.records = cls.orders.sudo().batch_record_ids
        cls._link()
        cls.env.flush_all()

    def _refused(self, statement, *args):
        with (
            self.assertRaises(psycopg2.Error) as caught,
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(statement, args)
        return str(caught.exception)

    def _as_owner(self, statement, *args):
        """What an administrator of the database can do."""
        for table in TABLES:
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        self.env.cr.execute(statement, args)
        for model in ("mrp.batch.seal", "mrp.batch.link", "mrp.batch.person"):
            self.env[model].init()
        self.env.invalidate_all()

    def _found(self, text):
        """:return: the verification, which found it"""
        with mute_logger("odoo.sql_db"):
            verification = self._verify()
        self.assertEqual(verification.state, "broken")
        self.assertIn(text, verification.first_problem)
        return verification

    def _get_entry(self, kind="materials", record=None):
        record = record or self.records[0]
        return (
            self.env["mrp.batch.seal"]
            .sudo()
            .search([("record_key", "=", record.key), ("kind", "=", kind)])
        )


@tagged("post_install", "-at_install")
class TestTriggers(AttackCommon):
    """PostgreSQL itself refuses, whoever asks and however."""

    def _attack(self):
        for table in TABLES:
            for statement in (
                f"UPDATE {table} SET company_id = company_id",
                f"UPDATE {table} SET id = id + 1000000",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                error = self._refused(statement)
                self.assertRegex(error, "refused|is erased or stays", statement)

    def test_plain(self):
        self._attack()

    def test_as_a_replica(self):
        """Ordinary triggers do not fire for a replica; these do."""
        self.env.cr.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not self.env.cr.fetchone()[0]:
            error = self._refused("SET LOCAL session_replication_role = replica")
            self.assertIn("permission denied", error)
            return
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self._attack()
        self.env.cr.execute("SET LOCAL session_replication_role = origin")

    def test_names_are_erased_or_stay(self):
        for statement in (
            "UPDATE mrp_batch_person SET text = 'Somebody else'",
            "UPDATE mrp_batch_person SET text = NULL",
            "UPDATE mrp_batch_person SET text = NULL, salt = NULL, key = NULL, "
            "commitment = 'x'",
        ):
            self.assertIn("erased or stays", self._refused(statement))

    def test_made_again_by_an_update(self):
        """What somebody switched off is back after an update of the add-on."""
        names = []
        for model in ("mrp.batch.seal", "mrp.batch.link", "mrp.batch.person"):
            table = self.env[model]._table
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            self.env[model].init()
            self.env[model].init()
            names.append(table)
        self.assertEqual(set(names), set(TABLES))
        self._attack()

    def test_deleting_users_and_merging_contacts(self):
        user = self._make_user("test_batch_leaver", "mrp.group_mrp_user")
        order = self._make(user=user)
        self.env.flush_all()
        record = self._get_record(order)
        employee = self.env["hr.employee"].create({"name": "Twin"})
        partners = user.partner_id | employee.work_contact_id
        order.user_id = False
        self.env["base.partner.merge.automatic.wizard"].create(
            {"partner_ids": [(6, 0, partners.ids)], "dst_partner_id": partners[1].id}
        )._merge(partners.ids, partners[1])
        self.env.cr.execute("DELETE FROM res_users WHERE id = %s", [user.id])
        self.env.invalidate_all()
        self.assertIn("test_batch_leaver", record.paper)
        self.assertEqual(self._verify().state, "ok")


@tagged("post_install", "-at_install")
class TestAttack(AttackCommon):
    """Somebody who owns the database changes it: the verifier names where and what."""

    def test_nothing(self):
        verification = self._verify()
        self.assertEqual(verification.state, "ok", verification.report)
        self.assertEqual(verification.checked, 18)
        self.assertEqual(verification.position, 18)

    def test_edited_content(self):
        entry = self._get_entry()
        self._as_owner(
            "UPDATE mrp_batch_seal SET text = replace(text, '\"40\"', '\"41\"') "
            "WHERE id = %s",
            entry.id,
        )
        found = self._found("the content was changed after it was sealed")
        self.assertIn(f"{self.records[0].name} entry 4 (materials", found.first_problem)
        record = self.records[0]
        self.assertEqual(record.seal_state, "broken")
        self.assertIn("entry 4", record.seal_message)
        self.assertEqual(self.records[1].seal_state, "sealed")
        self.assertIn("BROKEN", record.paper)
        self.assertTrue(record._get_blockers())
        self.assertTrue(found.activity_ids)

    def test_edited_content_and_hash(self):
        entry = self._get_entry()
        text = entry.text.replace('"40"', '"41"')
        self._as_owner(
            "UPDATE mrp_batch_seal SET text = %s, hash = %s WHERE id = %s",
            *(text, seal.get_hash(text), entry.id),
        )
        self._found("it is not the entry that was linked")
        self.assertEqual(self.records[0].seal_state, "broken")

    def test_edited_column(self):
        entry = self._get_entry()
        for column, value in (("kind", "notes"), ("at", "2020-01-01T00:00:00Z")):
            with self.env.cr.savepoint() as savepoint:
                self._as_owner(
                    f"UPDATE mrp_batch_seal SET {column} = %s WHERE id = %s",
                    *(value, entry.id),
                )
                self._found(f"its {column} was changed")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_destroyed_content(self):
        self._as_owner(
            "UPDATE mrp_batch_seal SET text = 'nonsense' WHERE id = %s",
            self._get_entry().id,
        )
        self._found("the content was changed")
        # the rest can still be read
        self.assertIn("FARM", self.records[1].paper)
        self.assertIn("BROKEN", self.records[0].paper)

    def test_deleted_entry(self):
        self._as_owner("DELETE FROM mrp_batch_seal WHERE id = %s", self._get_entry().id)
        self._found("position 4: its entry is missing")
        self.assertIn("entry 4 is missing", self.records[0].seal_message)

    def test_deleted_entry_and_link(self):
        entry = self._get_entry()
        self._as_owner(
            "DELETE FROM mrp_batch_link WHERE entry = %s; "
            "DELETE FROM mrp_batch_seal WHERE id = %s",
            *(entry.id, entry.id),
        )
        self._found("the chain has a gap or another order")

    def test_deleted_record(self):
        """All entries, links and the record itself of the last run."""
        record = self.records[1]
        self._as_owner(
            "DELETE FROM mrp_batch_link WHERE entry IN "
            "(SELECT id FROM mrp_batch_seal WHERE record_key = %s); "
            "DELETE FROM mrp_batch_seal WHERE record_key = %s",
            *(record.key, record.key),
        )
        self._found("all entries are missing")
        number = record.name
        self.env.cr.execute("DELETE FROM mrp_batch_record WHERE id = %s", [record.id])
        self.env.invalidate_all()
        self._confirm()
        # its number is missing now
        self.assertIn(number, self._verify().gaps)

    def test_inserted_entry(self):
        text = self._get_entry().text.replace('"40"', '"41"')
        content = {**json.loads(text), "sequence": 10}
        text = seal.canonicalize(content)
        self._as_owner(
            "INSERT INTO mrp_batch_seal (company_id, record_key, record, sequence, "
            "kind, format, at, text, hash) "
            "VALUES (%s, %s, %s, 10, 'materials', 1, %s, %s, %s)",
            *(self.company.id, content["key"], content["record"], content["at"]),
            *(text, seal.get_hash(text)),
        )
        # no number was taken for it
        self._found("an entry too many")

    def test_inserted_into_the_chain(self):
        entry = self._get_entry()
        self._as_owner(
            "UPDATE mrp_batch_link SET position = position + 1 "
            "WHERE company_id = %s AND position = 18; "
            "INSERT INTO mrp_batch_link (company_id, position, entry, entry_hash, "
            "previous, at, hash) SELECT company_id, 18, -1, entry_hash, previous, at, "
            "hash FROM mrp_batch_link WHERE entry = %s",
            *(self.company.id, entry.id),
        )
        self._found("position 18")

    def test_reordered(self):
        first, second = (
            self.env["mrp.batch.link"]
            .sudo()
            .search([("company_id", "=", self.company.id), ("position", "in", (3, 4))])
        )
        self._as_owner(
            "UPDATE mrp_batch_link SET position = 1000 WHERE id = %s; "
            "UPDATE mrp_batch_link SET position = 3 WHERE id = %s; "
            "UPDATE mrp_batch_link SET position = 4 WHERE id = %s",
            *(first.id, second.id, first.id),
        )
        self._found("does not follow the one before")

    def test_swapped_sequences(self):
        self._as_owner(
            "UPDATE mrp_batch_seal SET sequence = 100 - sequence "
            "WHERE record_key = %s AND sequence IN (4, 5)",
            self.records[0].key,
        )
        self._found("its sequence was changed")

    def test_changed_name(self):
        self._as_owner(
            "UPDATE mrp_batch_person SET text = 'Somebody else' WHERE record_key = %s",
            self.records[0].key,
        )
        self._found("the name of a person was changed")
        self.assertEqual(self.records[0].seal_state, "broken")

    def test_rewritten_chain(self):
        """Everything computed anew: only the head that was filed tells."""
        anchor = self.env["mrp.batch.anchor"].sudo()._make(self.company)
        outside = json.loads(json.dumps(anchor._get_content()))
        self._rewrite()
        anchors = self.env["mrp.batch.anchor"].with_company(self.company)
        problems = anchors._check_content(outside)
        self.assertIn("not the one that was filed", problems[0]["what"])
        # the list of heads in the database knows as well, until it is changed, too
        self._found("not the one that was filed")
        self.env.cr.execute("DELETE FROM mrp_batch_anchor")
        self.env.invalidate_all()
        self.assertEqual(self._verify().state, "ok")
        self.assertTrue(anchors._check_content(outside))

    def _rewrite(self):
        entry = self._get_entry()
        text = entry.text.replace('"40"', '"41"')
        self._as_owner(
            "UPDATE mrp_batch_seal SET text = %s, hash = %s WHERE id = %s; "
            "DELETE FROM mrp_batch_link WHERE company_id = %s",
            *(text, seal.get_hash(text), entry.id, self.company.id),
        )
        self._verify()
        self._link()

    def test_cut_tail(self):
        outside = self.env["mrp.batch.anchor"].sudo()._make(self.company)._get_content()
        self._as_owner(
            "DELETE FROM mrp_batch_link WHERE company_id = %s AND position > 9; "
            "DELETE FROM mrp_batch_seal WHERE record_key = %s",
            *(self.company.id, self.records[1].key),
        )
        self._found("all entries are missing")
        # even with the index of the records and the list of heads cut as well
        self.env.cr.execute("DELETE FROM mrp_batch_anchor")
        self.env.cr.execute(
            "DELETE FROM mrp_batch_record WHERE key = %s", [self.records[1].key]
        )
        self.env.invalidate_all()
        self.assertEqual(self._verify().state, "ok")
        anchors = self.env["mrp.batch.anchor"].with_company(self.company)
        problems = anchors._check_content(outside)
        self.assertIn("its tail was cut", problems[0]["what"])

    def test_an_older_table(self):
        """The seal of yesterday is put back over that of today."""
        self.env.cr.execute(
            "CREATE TEMP TABLE older ON COMMIT DROP AS SELECT * FROM mrp_batch_seal; "
            "CREATE TEMP TABLE older_links ON COMMIT DROP AS "
            "SELECT * FROM mrp_batch_link"
        )
        order = self._make()
        self._link()
        self.env.flush_all()
        self._as_owner(
            "DELETE FROM mrp_batch_seal; DELETE FROM mrp_batch_link; "
            "INSERT INTO mrp_batch_seal SELECT * FROM older; "
            "INSERT INTO mrp_batch_link SELECT * FROM older_links"
        )
        found = self._found("all entries are missing")
        self.assertIn(self._get_record(order).name, found.first_problem)


@tagged("post_install", "-at_install")
class TestExport(AttackCommon):
    """The exported file, verified by Python alone."""

    def _run(self, export, head=None):
        """:return: (exit status, what it said) of the stand-alone verifier"""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "export.json")
            file.write_text(json.dumps(export))
            command = [sys.executable, "-I", "-S", str(SCRIPT), str(file)]
            if head:
                Path(folder, "head.json").write_text(json.dumps(head))
                command += ["--head", str(Path(folder, "head.json"))]
            done = subprocess.run(
                command, capture_output=True, text=True, env={"PYTHONUTF8": "1"}
            )
        return done.returncode, done.stdout + done.stderr

    def test_untouched(self):
        status, text = self._run(self._export())
        self.assertEqual(status, 0, text)
        self.assertIn("18 entries checked", text)
        self.assertIn("Nothing was changed", text)

    def test_some_records_only(self):
        export = json.loads(json.dumps(self.records[1]._get_export()))
        self.assertEqual(len(export["entries"]), 9)
        status, text = self._run(export)
        self.assertEqual(status, 0, text)
        export["entries"].pop(3)
        status, text = self._run(export)
        self.assertEqual(status, 1)
        self.assertIn("missing", text)

    def test_forged(self):
        for forge, expected in (
            (self._forge_text, "content was changed"),
            (self._forge_hash, "not the entry that was linked"),
            (self._forge_name, "name of a person"),
            (lambda export: export["entries"].pop(), "missing"),
            (lambda export: export["links"].pop(4), "gap or another order"),
            (lambda export: export["links"].pop(), "waits for its link"),
        ):
            export = self._export()
            forge(export)
            status, text = self._run(export)
            self.assertIn(expected, text)
            if "waits" not in expected:
                self.assertEqual(status, 1, text)

    def _forge_text(self, export):
        entry = export["entries"][3]
        entry["text"] = entry["text"].replace('"40"', '"41"')

    def _forge_hash(self, export):
        self._forge_text(export)
        entry = export["entries"][3]
        entry["hash"] = seal.get_hash(entry["text"])

    def _forge_name(self, export):
        export["persons"][0]["text"] = "Somebody else"

    def test_forged_as_a_whole(self):
        """A file that was computed anew is consistent: the head from outside tells."""
        head = self.env["mrp.batch.anchor"].sudo()._make(self.company)._get_content()
        export = self._export()
        self.assertEqual(self._run(export, head)[0], 0)
        self._forge_hash(export)
        previous = ""
        hashes = {entry["id"]: entry["hash"] for entry in export["entries"]}
        for link in export["links"]:
            link.update(entry_hash=hashes[link["entry"]], previous=previous)
            link["hash"] = previous = seal.get_hash(seal.get_link_text(link))
        self.assertEqual(self._run(export)[0], 0)
        status, text = self._run(export, head)
        self.assertEqual(status, 1)
        self.assertIn("not the one that was filed", text)
        export["links"] = export["links"][:9]
        export["entries"] = export["entries"][:9]
        export["counts"] = {}
        status, text = self._run(export, head)
        self.assertIn("tail was cut", text)

    def test_no_export(self):
        self.assertEqual(self._run({"x": 1})[0], 2)
        self.assertEqual(seal.main(["/nowhere/at/all.json"]), 2)

    def test_people_erased_from_the_file(self):
        export = self._export()
        export["persons"] = []
        self.assertEqual(self._run(export)[0], 0)


@tagged("post_install", "-at_install")
class TestArchive(AttackCommon):
    """What is sealed outlives the add-on, and is taken up again."""

    def test_away_and_back(self):
        names = self.records.mapped("name")
        states = self.records.mapped("state")
        hooks.uninstall_hook(self.env)
        self.env.cr.execute("SELECT count(*) FROM mrp_batch_seal_archive")
        self.assertGreaterEqual(self.env.cr.fetchone()[0], 18)
        self.assertIn("refused", self._refused("DELETE FROM mrp_batch_seal_archive"))
        self.assertIn("refused", self._refused("TRUNCATE mrp_batch_link_archive"))
        hooks.pre_init_hook(self.env)
        # the records themselves were tables of the add-on
        self.env.cr.execute("DELETE FROM mrp_batch_deviation")
        self.env.cr.execute("DELETE FROM mrp_batch_record")
        self.company.mrp_batch_sequence_id = False
        self.env.invalidate_all()
        hooks.post_init_hook(self.env)
        rebuilt = (
            self.env["mrp.batch.record"]
            .sudo()
            .search([("company_id", "=", self.company.id)], order="id")
        )
        self.assertEqual(rebuilt.mapped("name"), names)
        self.assertEqual(rebuilt.mapped("state"), states)
        self.assertEqual(rebuilt.production_id, self.orders)
        self.assertEqual(rebuilt[0].lot_ids, self.orders[0].lot_producing_ids)
        self.assertEqual(self._verify().state, "ok")
        # numbers go on where they were
        self.company._start_batch_records()
        record = self._get_record(self._confirm())
        self.assertEqual(record.ordinal, rebuilt[-1].ordinal + 1)
        self._link()
        self.assertEqual(self._verify().position, 21)

    def test_an_empty_beginning(self):
        with patch.object(hooks, "KEPT", ("mrp_batch_nothing",)):
            hooks.pre_init_hook(self.env)
        self.assertFalse(self.env["mrp.batch.record"]._rebuild())


@tagged("post_install", "-at_install")
class TestErasure(AttackCommon):
    """A lawful erasure takes names away, and leaves the proof."""

    def _erase(self, **values):
        return (
            self.env["mrp.batch.erase"]
            .with_user(self.quality)
            .create({"user_id": self.planner.id, "reason": "Asked for it", **values})
        )

    def test_erasure(self):
        order = self._make(user=self.planner)
        record = self._get_record(order)
        self._link()
        self.assertIn("test_batch_planner", record.paper)
        wizard = self._erase()
        self.assertEqual((wizard.record_count, wizard.kept_count), (1, 1))
        self.patch(type(record), "_is_retained", lambda record: False)
        wizard.action_erase()
        record.invalidate_recordset()
        self.assertNotIn("test_batch_planner", record.paper)
        self.assertIn("(name erased)", record.paper)
        self._link()
        verification = self._verify()
        self.assertEqual(verification.state, "ok", verification.report)
        self.assertGreater(verification.erased, 0)
        export = json.dumps(self._export())
        self.assertNotIn("test_batch_planner", export)
