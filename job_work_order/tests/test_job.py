from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import JobCommon


class TestJob(JobCommon):
    def test_number(self):
        """Every company counts for itself, also one that is made later."""
        first, second = self._make_job(), self._make_job()
        self.assertRegex(first.name, r"^JOB/\d{4}/0*1$")
        self.assertRegex(second.name, r"^JOB/\d{4}/0*2$")
        other = self._make_company("Dryer")
        job = self.env["job.work.order"].create({"company_id": other.id})
        self.assertRegex(job.name, r"/0*1$")

    def test_deleted_sequence(self):
        other = self._make_company("Dryer")
        self.env["ir.sequence"].search(
            [("code", "=", "job.work.order"), ("company_id", "=", other.id)]
        ).unlink()
        job = self.env["job.work.order"].create({"company_id": other.id})
        self.assertRegex(job.name, r"/0*1$")

    def test_form(self):
        form = Form(self.env["job.work.order"].with_user(self.planner))
        form.partner_id = self.customer
        with form.line_ids.new() as line:
            line.product_id = self.cheese
            self.assertEqual(line.bom_id, self.bom)
            line.quantity = 5
        job = form.save()
        self.assertEqual(job.line_ids.product_uom_id, self.cheese.uom_id)
        self.assertEqual(job.state, "draft")

    def test_missing(self):
        """One message names everything."""
        job = self._make_job(
            self._prepare_line(product=self.milk), type_id=self.project.id
        )
        with self.assertRaises(UserError) as caught:
            job.action_submit()
        for word in ("Customer", "order", "Due date", "Bill of materials for Milk"):
            self.assertIn(word, str(caught.exception))
            self.assertIn(word, job.missing_note)
        self.assertEqual(job.state, "draft")

    def test_no_line(self):
        job = self._make_job()
        job.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "At least one line"):
            job.action_submit()

    def test_empty_instructions(self):
        """A paragraph without words is no instruction."""
        job = self._make_job(type_id=self.prototype.id, instructions="<p><br></p>")
        self.assertIn("Instructions", job.missing_note)
        job.instructions = "<p>Stir</p>"
        self.assertFalse(job.missing_note)

    def test_documents(self):
        """What a type asks for, whoever looks at the document later."""
        self.production.require_documents = True
        job = self._make_job()
        self.assertIn("Documents", job.missing_note)
        drawing = (
            self.env["ir.attachment"]
            .with_user(self.planner)
            .create({"name": "Drawing", "raw": b"lines"})
        )
        job.document_ids = drawing
        self.assertFalse(job.missing_note)
        self.assertEqual(drawing.with_user(self.boss).raw, b"lines")

    def test_runs_add_up(self):
        line = self._prepare_line(
            10,
            run_ids=[
                Command.create({"quantity": 4, "date_start": datetime(2025, 3, 3)}),
                Command.create({"quantity": 5, "date_start": datetime(2025, 3, 4)}),
            ],
        )
        job = self._make_job(line)
        self.assertIn("9", job.missing_note)
        job.line_ids.run_ids[0].quantity = 5
        self.assertFalse(job.missing_note)

    def test_archived_bom(self):
        job = self._make_job()
        self.bom.active = False
        job.invalidate_recordset()
        self.assertIn("archived", job.missing_note)

    def test_same_order(self):
        first = self._make_job(partner_id=self.customer.id, customer_ref="PO-1")
        second = self._make_job(partner_id=self.customer.id, customer_ref="PO-1")
        other = self._make_job(partner_id=self.customer.id, customer_ref="PO-2")
        self.assertEqual(second.same_order_ids, first)
        self.assertFalse(other.same_order_ids)
        form = Form(self.env["job.work.order"].with_user(self.planner))
        form.partner_id = self.customer
        form.customer_ref = "PO-1"
        self.assertEqual(form.same_order_ids[:], first | second)
        first.action_cancel()
        second.invalidate_recordset()
        self.assertFalse(second.same_order_ids)

    def test_unit_of_another_category(self):
        with self.assertRaisesRegex(ValidationError, "cannot be converted"):
            self._make_job(
                self._prepare_line(
                    product_uom_id=self.env.ref("uom.product_uom_kgm").id
                )
            )

    def test_bom_of_another_product(self):
        other = self._make_bom(self._make_product("Butter"), [(self.milk, 1)])
        with self.assertRaisesRegex(ValidationError, "does not make"):
            self._make_job(self._prepare_line(bom_id=other.id))

    @mute_logger("odoo.sql_db")
    def test_no_quantity(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self._make_job(self._prepare_line(0))

    def test_due_before_start(self):
        with self.assertRaisesRegex(UserError, "due before it starts"):
            self._make_job(
                date_start=datetime(2025, 3, 3), date_due=datetime(2025, 3, 2)
            )

    def test_customer_of_another_company(self):
        other = self._make_company("Dryer")
        self.customer.company_id = other
        with self.assertRaises(UserError):
            self._make_job(partner_id=self.customer.id)

    def test_stays_in_its_company(self):
        other = self._make_company("Dryer")
        job = self._make_job()
        with self.assertRaisesRegex(UserError, "stays one"):
            job.sudo().company_id = other

    def test_delete(self):
        draft = self._make_job()
        draft.unlink()
        job = self._make_planned()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            job.unlink()
        with self.assertRaisesRegex(UserError, "has runs"):
            job.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "is a run of"):
            job.sudo().production_ids.unlink()

    def test_copy(self):
        """A copy is a draft of its own, with the rows but not the orders."""
        job = self._make_planned(self._prepare_line(9, run_size=3), customer_ref="PO-1")
        copy = job.copy()
        self.assertNotEqual(copy.name, job.name)
        self.assertEqual((copy.state, copy.customer_ref), ("draft", False))
        self.assertEqual(copy.line_ids.run_ids.mapped("quantity"), [3, 3, 3])
        self.assertFalse(copy.line_ids.run_ids.production_id)
        self.assertFalse(copy.production_ids | copy.approval_ids.job_id.production_ids)

    def test_template(self):
        template = self._make_job(is_template=True)
        with self.assertRaisesRegex(UserError, "is a template"):
            template.action_submit()
        job = self.env["job.work.order"].browse(
            template.action_use_template()["res_id"]
        )
        self.assertFalse(job.is_template)
        job.action_submit()
        self.assertEqual(job.state, "approved")

    def test_preset(self):
        self.company._apply_job_preset("food")
        self.assertTrue(self.company.job_approval)
        self.assertTrue(self.company.mrp_operator_tracking)
        self.assertEqual(self.company.lot_release_policy, "both")
        self.company._apply_job_preset("simple")
        self.assertFalse(self.company.job_approval)
        self.assertFalse(self.company.mrp_scrap_reason_required)
        self.assertEqual(self.company.lot_release_policy, "none")

    def test_preset_shows_operations(self):
        """Every kind of factory has operations, which Odoo hides at first."""
        employees = self.env.ref("base.group_user")
        routings = self.env.ref("mrp.group_mrp_routings")
        for preset in ("simple", "food", "parts"):
            employees._remove_group(routings)
            settings = self.env["res.config.settings"].create({})
            getattr(settings, f"action_job_preset_{preset}")()
            self.assertEqual(self.company.job_preset, preset)
            self.assertIn(routings, employees.all_implied_ids)

    def test_empty_lists(self):
        jobs = self.env["job.work.order"]
        jobs.action_submit()
        jobs.action_approve()
        self.assertFalse(jobs._create_runs())
