from .common import JobCommon


class TestAsBuilt(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_batch_record = True

    def _get_section(self, run):
        return (
            run.sudo()
            .batch_record_id._get_sealed("as_built")
            .get(run.sudo().batch_record_id)
        )

    def test_as_designed(self):
        job = self._make_planned(title="Spring cheese", partner_id=self.customer.id)
        run = job.production_ids
        self._complete(run)
        section = self._get_section(run)
        self.assertEqual(section["job"]["name"], job.name)
        self.assertEqual(section["customer"], "Customer")
        self.assertEqual(
            (section["changes"], section["differences"], section["operations"]),
            ([], [], []),
        )
        paper = run.sudo().batch_record_id.paper
        self.assertIn("As designed and as built", paper)
        self.assertIn("built as designed", paper)

    def test_differences(self):
        """What was changed, by whom and why, and what was used instead."""
        self._make_rule()
        job = self._make_job(self._prepare_line(10))
        job.action_submit()
        job.with_user(self.boss).action_approve()
        job.action_plan()
        self._change(job, "quantity", production_id=job.production_ids.id, quantity=8)
        run = job.production_ids.sudo()
        rennet = self._make_product("Rennet", price=1)
        run.move_raw_ids = [(0, 0, {"product_id": rennet.id, "product_uom_qty": 2})]
        run.qty_producing = 8
        run._set_qty_producing()
        run.move_raw_ids.manual_consumption = True
        run.move_raw_ids.filtered(lambda m: m.product_id == self.milk).quantity = 90
        run.move_raw_ids.filtered(lambda m: m.product_id == rennet).quantity = 2
        run.move_raw_ids.picked = True
        self._complete(run)
        section = self._get_section(run)
        self.assertEqual(section["approvals"][0]["asked_by"], "Boss")
        (change,) = section["changes"]
        self.assertEqual((change["kind"], change["why"]), ("quantity", "Asked for"))
        kinds = {
            row["product"]["name"]: (row["kind"], row["used"])
            for row in section["differences"]
        }
        self.assertEqual(kinds["Rennet"], ("added", "2"))
        self.assertEqual(kinds["Milk"], ("quantity", "90"))
        record = run.batch_record_id
        for text in ("Asked for", "Rennet", "added"):
            self.assertIn(text, record.paper)

    def test_only_own_changes(self):
        """Changes of other runs of the job are not this run's."""
        job = self._make_planned(self._prepare_line(10, run_size=5))
        first, second = job.production_ids
        self._change(job, "quantity", production_id=first.id, quantity=4)
        self._complete(first)
        self._complete(second)
        self.assertEqual(len(self._get_section(first)["changes"]), 1)
        self.assertFalse(self._get_section(second)["changes"])

    def test_subassembly(self):
        part = self._make_product("Curd")
        self._make_bom(part, [(self.milk, 5)])
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 2)])
        job = self._make_job(
            self._prepare_line(3, product=whole, make_subassemblies=True)
        )
        job.action_complete()
        run = job.production_ids.filtered(lambda r: r.product_id == whole)
        (made,) = self._get_section(run)["sub_assemblies"]
        self.assertEqual(made["product"]["name"], "Curd")
        self.assertTrue(made["record"])

    def test_run_without_job(self):
        order = self._make_order(self.bom)
        self._complete(order)
        self.assertIsNone(self._get_section(order))
        self.assertNotIn("As designed and as built", order.sudo().batch_record_id.paper)
