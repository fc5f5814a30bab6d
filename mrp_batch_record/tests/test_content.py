import hashlib

from odoo import Command
from odoo.tests import tagged

from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestContent(BatchCommon):
    """What a record tells, clause by clause of 21 CFR 211.188(b)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._confirm(4)
        cls.workorder = cls.order.workorder_ids[0]
        cls.log = cls.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": cls.workorder.id,
                "workcenter_id": cls.vat.id,
                "loss_id": cls.env.ref("mrp.block_reason7").id,
                "user_id": cls.planner.id,
                "date_start": "2026-01-05 06:00:00",
                "date_end": "2026-01-05 06:25:00",
            }
        )
        cls.order.qty_producing = 4
        cls.order.set_qty_producing()
        cls._complete(cls.order)
        cls.record = cls._get_record(cls.order)

    def _get(self, kind):
        return self._get_payload(self.record, kind)

    def test_b1_dates(self):
        operation = self._get("operations")["lines"][0]
        self.assertRegex(operation["start"], r"^\d{4}-\d\d-\d\dT[\d:]{8}Z$")
        self.assertTrue(self._get("execution")["finished"])
        self.assertTrue(self._get("plan")["end"])

    def test_b2_equipment(self):
        lines = self._get("equipment")["lines"]
        self.assertEqual(
            [(line["name"], line["code"], line["operations"]) for line in lines],
            [("Vat", "V1", ["Pasteurise"]), ("Press", "P1", ["Form"])],
        )

    def test_b3_batches_of_components(self):
        milk = self._get("materials")["lines"][0]
        self.assertEqual(milk["lot"]["name"], "M-1")
        self.assertEqual(milk["lot"]["supplier_lot"], "FARM-0815")

    def test_b4_weights_and_measures(self):
        milk, salt = self._get("materials")["lines"]
        self.assertEqual((milk["quantity"], salt["quantity"]), ("40", "4"))
        self.assertEqual(milk["unit"], self.milk.uom_id.name)
        self.assertEqual(milk["from"], self.stock.complete_name)
        total = self._get("materials")["totals"][0]
        self.assertEqual(
            [total[name] for name in ("designed", "expected", "used", "difference")],
            ["40", "40", "40", "0"],
        )

    def _check_result(self, type_, **values):
        self.env["mrp.batch.result"].create(
            {
                "record_id": self.record.id,
                "type": type_,
                "name": "Finding",
                **values,
            }
        ).action_add()
        return self._get("result")

    def test_b5_results(self):
        result = self._check_result(
            "laboratory", value="5.2", unit="pH", limits="5.1 – 5.4"
        )
        self.assertEqual((result["value"], result["verdict"]), ("5.2", "pass"))

    def test_b6_area(self):
        self.assertEqual(self._check_result("area")["type"], "area")

    def test_b7_yield(self):
        cheese, whey = self._get("yield")["outputs"]
        self.assertEqual((cheese["actual"], cheese["percent"]), ("4", "100"))
        self.assertEqual((whey["theoretical"], whey["percent"]), ("32", "100"))

    def test_b8_labels_with_specimen(self):
        file = self.env["ir.attachment"].create({"name": "label.txt", "raw": b"Cheese"})
        result = self._check_result("label", attachment_ids=[Command.set(file.ids)])
        self.assertEqual(
            result["files"][0]["sha256"],
            hashlib.sha256(b"Cheese").hexdigest(),
        )
        self.assertEqual(
            (file.res_model, file.res_id), (self.record._name, self.record.id)
        )

    def test_b9_containers(self):
        self.assertEqual(self._check_result("package")["type"], "package")

    def test_b10_sampling(self):
        self.assertEqual(self._check_result("sample")["type"], "sample")

    def test_b11_persons(self):
        log = self._get("operations")["lines"][0]["work"][0]
        self.assertEqual((log["from"], log["minutes"]), ("2026-01-05T06:00:00Z", "25"))
        names = self.env["mrp.batch.person"].sudo()._get_names([self.record.key])
        self.assertEqual(names[log["by"]["person"]], self.planner.name)

    def test_b11_what_was_filled_in_is_nobodys_work(self):
        logs = self._get("operations")["lines"][1]["work"]
        self.assertTrue(logs)
        for log in logs:
            self.assertTrue(log["estimated"])
            self.assertIsNone(log["by"])
        self.assertIn("not measured", self.record.paper)

    def test_b12_investigation(self):
        deviation = self.env["mrp.batch.deviation"].create(
            {"record_id": self.record.id, "description": "Vat too warm"}
        )
        deviation.write({"investigation": "Sensor", "disposition": "use"})
        deviation.action_close()
        self.assertEqual(self._get("deviation")["description"], "Vat too warm")
        self.assertEqual(self._get("deviation_closed")["investigation"], "Sensor")

    def test_b13_examination(self):
        self.assertEqual(self._check_result("examination")["type"], "examination")

    def test_every_clause_has_its_place(self):
        clauses = self.env["mrp.batch.clause"].search([])
        self.assertEqual(len(clauses), 13)
        kinds = set(self.record._get_kind_names())
        for clause in clauses:
            self.assertNotEqual(clause.coverage, "none")
            self.assertLessEqual(set(clause.kinds.split(", ")), kinds, clause.code)
            number = clause.code.rpartition("(")[2].strip(")")
            self.assertTrue(
                [name for name in dir(self) if name.startswith(f"test_b{number}_")]
            )

    def test_sections_are_numbered_and_printed(self):
        paper = self.record.paper
        for number, (title, _kinds) in enumerate(self.record._get_section_titles(), 1):
            self.assertIn(f"{number}. {title}", paper.replace("\n", ""))
        self.assertIn("FARM-0815", paper)
        self.assertIn(self.record.seal_hash, paper)

    def test_as_built_differs_from_as_designed(self):
        order = self._confirm(4)
        order.qty_producing = 4
        order.set_qty_producing()
        order.move_raw_ids[1].write({"quantity": 6, "manual_consumption": True})
        self._complete(order)
        record = self._get_record(order)
        salt = self._get_payload(record, "materials")["totals"][1]
        self.assertEqual((salt["used"], salt["difference"]), ("6", "2"))
        self.assertEqual(salt["percent"], "50")
        self.assertIn("used 6", record.exceptions)

    def test_notes_and_files(self):
        order = self._confirm()
        order.message_post(body="Milk smelled of hay", message_type="comment")
        self.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "raw": b"hay",
                "res_model": order._name,
                "res_id": order.id,
            }
        )
        self._complete(order)
        notes = self._get_payload(self._get_record(order), "notes")
        self.assertEqual(notes["notes"][0]["text"], "Milk smelled of hay")
        self.assertEqual(notes["files"][0]["name"], "photo.txt")

    def test_scrap_and_its_return(self):
        order = self._confirm()
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.salt.id,
                "scrap_qty": 2,
                "production_id": order.id,
                "company_id": self.company.id,
            }
        )
        scrap.action_validate()
        record = self._get_record(order)
        payload = self._get_payload(record, "scrap")
        self.assertEqual((payload["quantity"], payload["reason"]), ("2", None))
        self.assertIn("not classified", record.paper)
        scrap.action_unscrap()
        self.assertEqual(self._get_kinds(record)[-1], "scrap_returned")

    def test_later_changes_of_master_data(self):
        before = self.record.paper
        digits = self.env.ref("uom.decimal_product_uom")
        self._link()
        self.milk.name = "Goat milk"
        self.milk.uom_id.name = "Piece"
        self.planner.name = "Somebody else"
        digits.digits = 5
        self.record.invalidate_recordset()
        self.assertEqual(self._verify().state, "ok")
        self.assertIn(
            str(self._get("materials")["lines"][0]["product"]["name"]), before
        )
        self.assertEqual(self._get("materials")["lines"][0]["product"]["name"], "Milk")
