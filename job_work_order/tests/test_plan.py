from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from .common import JobCommon

START = datetime(2025, 3, 3, 8)


class TestPlan(JobCommon):
    def test_plan(self):
        job = self._make_planned(date_start=START, date_due=START + timedelta(days=5))
        run = job.production_ids
        self.assertEqual(run.state, "confirmed")
        self.assertEqual(
            (run.product_qty, run.bom_id, run.date_start, run.origin, run.user_id),
            (10, self.bom, START, job.name, self.planner),
        )
        self.assertEqual(run.date_deadline, job.date_due)
        self.assertEqual((run.job_id, run.job_line_id), (job, job.line_ids))
        self.assertEqual(job.line_ids.run_ids.production_id, run)
        self.assertEqual(job.baseline_due, job.date_due)

    def test_rate(self):
        job = self._make_planned(
            self._prepare_line(10, run_size=4, run_interval=2, date_first=START)
        )
        runs = job.production_ids.sorted("date_start")
        self.assertEqual(runs.mapped("product_qty"), [4, 4, 2])
        self.assertEqual(
            runs.mapped("date_start"), [START + timedelta(days=d) for d in (0, 2, 4)]
        )

    def test_dates(self):
        job = self._make_planned(
            self._prepare_line(
                10,
                run_ids=[
                    Command.create({"quantity": 7, "date_start": START}),
                    Command.create(
                        {"quantity": 3, "date_start": START + timedelta(days=9)}
                    ),
                ],
            )
        )
        runs = job.production_ids.sorted("date_start")
        self.assertEqual(runs.mapped("product_qty"), [7, 3])

    def test_spread(self):
        """The rate becomes rows that can be edited."""
        job = self._make_job(self._prepare_line(10, run_size=4))
        job.line_ids.action_spread()
        self.assertEqual(job.line_ids.run_ids.mapped("quantity"), [4, 4, 2])
        job.line_ids.action_spread()
        self.assertEqual(len(job.line_ids.run_ids), 3)

    def test_too_many_runs(self):
        job = self._make_job(self._prepare_line(10, run_size=0.01))
        job.action_submit()
        with self.assertRaisesRegex(UserError, "more than 500 runs"):
            job.action_plan()

    def test_once(self):
        """Planning again makes no doubles."""
        job = self._make_planned()
        with self.assertRaisesRegex(UserError, "planned already"):
            job.action_plan()
        self.assertEqual(len(job.production_ids), 1)

    def test_two_planners(self):
        """Who comes second while the first is at it has to look again."""
        job = self._make_job()
        job.action_submit()
        with patch.object(
            self.env.registry["job.work.order"],
            "try_lock_for_update",
            lambda jobs, **kwargs: jobs.browse(),
        ):
            with self.assertRaisesRegex(UserError, "Somebody else"):
                job.action_plan()
        self.assertFalse(job.production_ids)

    def test_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        job = self._make_planned(self._prepare_line(2, product_uom_id=dozen.id))
        self.assertEqual(job.production_ids.product_uom_qty, 24)
        self.assertEqual(job.production_ids.move_raw_ids.product_qty, 240)

    def test_without_bom(self):
        job = self._make_planned(
            self._prepare_line(product=self._make_product("Idea")),
            type_id=self.prototype.id,
            instructions="Try",
        )
        self.assertEqual(job.production_ids.state, "confirmed")
        self.assertFalse(job.production_ids.move_raw_ids)

    def test_planners_only(self):
        user = self._make_user("user", "mrp.group_mrp_user")
        job = self._make_job()
        with self.assertRaises(AccessError):
            job.with_user(user).action_submit()
        job.action_submit()
        with self.assertRaisesRegex(AccessError, "Only planners"):
            job.with_user(user).action_plan()

    def test_company(self):
        """Runs of one company are planned while another is current."""
        other = self._make_company("Dryer")
        self._set_up_company(other)
        product = self._make_product("Powder")
        bom = self._make_bom(product, [(self.milk, 2)], company_id=False)
        job = self.env["job.work.order"].create(
            {"company_id": other.id, "line_ids": [self._prepare_line(product=product)]}
        )
        self.assertEqual(job.line_ids.bom_id, bom)
        job = job.with_context(allowed_company_ids=(self.company | other).ids)
        job.action_submit()
        job.action_plan()
        self.assertEqual(job.production_ids.company_id, other)
        self.assertEqual(job.production_ids.picking_type_id.company_id, other)

    def test_backorder_and_split(self):
        job = self._make_planned()
        run = job.sudo().production_ids
        parts = run._split_productions({run: [6, 4]})
        self.assertEqual(parts.job_id, job)
        self.assertEqual(parts.job_line_id, job.line_ids)
        self.assertEqual(job.change_ids.kind, "split")
        self.assertIn("6 + 4", job.change_ids.description)

    def test_merge(self):
        job = self._make_planned(self._prepare_line(10, run_size=5))
        with self.assertRaisesRegex(UserError, "not merged"):
            job.production_ids.action_merge()

    def test_states(self):
        job = self._make_planned()
        self.assertEqual(job.state, "approved")
        job.production_ids.workorder_ids.button_start()
        self.assertEqual(job.state, "progress")
        self.assertEqual(job.progress, 0)
        with self.assertRaisesRegex(UserError, "not finished"):
            job.action_close()
        with self.assertRaisesRegex(UserError, "has begun"):
            job.action_cancel()
        self._complete(job.production_ids)
        self.assertEqual(job.state, "progress")
        self.assertEqual(job.progress, 100)
        job.action_close()
        self.assertEqual(job.state, "done")
        job.action_reopen()
        self.assertEqual(job.state, "progress")

    def test_pending_reason(self):
        """A reason that is not given yet holds up the job, not the machine."""
        self.company.mrp_delay_tracking = True
        job = self._make_planned(date_start=START)
        self._complete(job.production_ids)
        self.assertEqual(job.production_ids.state, "done")
        with self.assertRaisesRegex(UserError, "A reason is pending"):
            job.action_close()
        job.sudo().production_ids.delay_ids.unlink()
        job.action_close()
        self.assertEqual(job.state, "done")

    def test_cancel_and_take_up(self):
        job = self._make_planned()
        first = job.production_ids
        job.action_cancel()
        self.assertEqual((job.state, first.state), ("cancel", "cancel"))
        self.assertFalse(job.change_ids)
        job.action_draft()
        job.action_submit()
        job.action_plan()
        self.assertEqual((job.production_ids - first).state, "confirmed")

    def test_make_it_all(self):
        """One button from draft to done, without a question."""
        job = self._make_job()
        self.assertIs(job.action_complete(), True)
        self.assertEqual(job.state, "done")
        self.assertEqual(self.cheese.qty_available, 10)
        self.assertEqual(job.sudo().cost_actual, 700)

    def test_make_it_all_of_what_has_begun(self):
        """What was declared is not made more or less of."""
        job = self._make_planned()
        job.production_ids.qty_producing = 4
        with self.assertRaisesRegex(UserError, "4 of 10"):
            job.action_complete()

    def test_make_it_all_waits(self):
        self._make_rule()
        job = self._make_job()
        job.action_submit()
        with self.assertRaisesRegex(UserError, "approved first"):
            job.action_complete()

    def test_make_it_all_of_a_tree(self):
        part = self._make_product("Curd")
        self._make_bom(part, [(self.milk, 5)])
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 2)])
        job = self._make_job(
            self._prepare_line(3, product=whole, make_subassemblies=True)
        )
        job.action_complete()
        self.assertEqual(set(job.production_ids.mapped("state")), {"done"})
        self.assertEqual(whole.qty_available, 3)
        self.assertEqual(part.qty_available, 0)

    def test_subassemblies(self):
        """Core's own procurement makes them, for this job only."""
        part = self._make_product("Curd")
        self._make_bom(part, [(self.milk, 5)])
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 2)])
        line = self._prepare_line(3, product=whole, make_subassemblies=True)
        first, second = self._make_planned(line, priority="1"), self._make_planned(line)
        for job in first | second:
            child = job.production_ids.filtered("job_is_child")
            run = job.production_ids - child
            self.assertEqual(child.product_id, part)
            self.assertEqual(child.product_qty, 6)
            self.assertEqual(child.job_line_id, job.line_ids)
            self.assertEqual(child.priority, "1" if job == first else "0")
            self.assertEqual(run._get_job_children(), child)
            self.assertEqual(job.run_count, 1)
        stock = self._make_planned(self._prepare_line(3, product=whole))
        self.assertFalse(stock.production_ids.filtered("job_is_child"))

    def test_deeper_subassemblies(self):
        deep = self._make_product("Starter")
        self._make_bom(deep, [(self.milk, 1)])
        part = self._make_product("Curd")
        self._make_bom(part, [(deep, 1)])
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 1)])
        job = self._make_planned(
            self._prepare_line(product=whole, make_subassemblies=True)
        )
        self.assertEqual(job.production_ids.product_id, whole | part | deep)
        child = job.production_ids.filtered(lambda run: run.product_id == part)
        child = child.sudo()
        backorder = child._split_productions({child: [4, 6]})[1]
        self.assertTrue(backorder.job_is_child)

    def test_configuration(self):
        """What was chosen decides about the components of the run."""
        attribute = self.env["product.attribute"].create(
            {
                "name": "Rind",
                "create_variant": "no_variant",
                "value_ids": [(0, 0, {"name": name}) for name in ("Wax", "Salt")],
            }
        )
        template = self.cheese.product_tmpl_id
        self.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": template.id,
                "attribute_id": attribute.id,
                "value_ids": [(6, 0, attribute.value_ids.ids)],
            }
        )
        values = self.env["product.template.attribute.value"]
        wax, salt = values.search([("product_tmpl_id", "=", template.id)])
        coat = self._make_product("Wax coat", price=1)
        self.bom.bom_line_ids = [
            (
                0,
                0,
                {
                    "product_id": coat.id,
                    "product_qty": 1,
                    "bom_product_template_attribute_value_ids": [(6, 0, wax.ids)],
                },
            )
        ]
        job = self._make_planned(
            self._prepare_line(2, configuration_ids=[(6, 0, wax.ids)]),
            self._prepare_line(3, configuration_ids=[(6, 0, salt.ids)]),
        )
        waxed, salted = job.production_ids.sorted("product_qty")
        self.assertIn(coat, waxed.move_raw_ids.product_id)
        self.assertNotIn(coat, salted.move_raw_ids.product_id)
        with self.assertRaisesRegex(UserError, "no draft"):
            job.line_ids[0].configuration_ids = salt
        with self.assertRaisesRegex(ValidationError, "cannot be chosen"):
            self._make_job(
                self._prepare_line(
                    product=self.milk, configuration_ids=[(6, 0, wax.ids)]
                )
            )

    def test_everything_from_the_job(self):
        """Smart buttons lead to what belongs to the runs, and to nothing else."""
        job, other = self._make_planned(), self._make_planned()
        for name, path in (
            ("runs", "job_id"),
            ("operations", "production_id.job_id"),
            ("material", "raw_material_production_id.job_id"),
            ("changes", "job_id"),
            ("batch_records", "production_id.job_id"),
            ("lots", False),
        ):
            with self.subTest(name=name):
                action = getattr(job, f"action_view_{name}")()
                found = job.env[action["res_model"]].search(action["domain"])
                if path:
                    self.assertLessEqual(found.mapped(path), job)
        self.assertTrue(other)

    def test_company_without_warehouse(self):
        """A company that has none is told where to add it."""
        types = self.env["stock.picking.type"].search(
            [("company_id", "=", self.company.id), ("code", "=", "mrp_operation")]
        )
        types.active = False
        job = self._make_job()
        job.action_submit()
        with self.assertRaisesRegex(UserError, "no warehouse to manufacture in"):
            job.action_plan()
        types.active = True
        job.action_plan()
        self.assertTrue(job.production_ids)
