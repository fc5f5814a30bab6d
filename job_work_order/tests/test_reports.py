from odoo.tests import tagged

from .common import JobCommon


@tagged("post_install", "-at_install")
class TestReports(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._make_planned(
            cls._prepare_line(10, run_size=5, note="Gently"),
            title="Spring cheese",
            partner_id=cls.customer.id,
            customer_ref="PO-77",
            priority="2",
            instructions="<p>Stir for an hour</p>",
        )
        cls.order = cls.job.production_ids[0]

    def _render(self, name, records):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"job_work_order.{name}", records.ids
        )
        return html.decode()

    def test_traveller(self):
        for name, records in (
            ("job_traveller_action", self.order),
            ("job_travellers_action", self.job),
        ):
            html = self._render(name, records)
            for text in (
                self.order.name,
                self.job.name,
                "Spring cheese",
                "PO-77",
                "Urgent",
                "Stir for an hour",
                "Gently",
                "Milk",
                "Cook",
            ):
                self.assertIn(text, html)
            # run and operation are scanned
            self.assertGreaterEqual(html.count("data:image/png;base64"), 2)

    def test_traveller_without_job(self):
        order = self._make_order(self.bom)
        self.assertIn(order.name, self._render("job_traveller_action", order))

    def test_operation_card(self):
        html = self._render("job_operation_card_action", self.order.workorder_ids)
        for text in ("Cook", "Vat", self.order.name, self.job.name, "Stir for an hour"):
            self.assertIn(text, html)

    def test_dispatch_sheet(self):
        html = self._render("job_dispatch_sheet_action", self.workcenter)
        for text in ("Vat", "Cook", self.order.name, self.job.name, "Urgent"):
            self.assertIn(text, html)

    def test_cost_sheet(self):
        self._complete(self.order)
        html = self._render("job_cost_sheet_action", self.job)
        for text in (self.order.name, "350.00", "700.00"):
            self.assertIn(text, html)
        report = self.env.ref("job_work_order.job_cost_sheet_action")
        self.assertEqual(
            report.group_ids, self.env.ref("mrp_run_cost.mrp_run_cost_group_viewer")
        )

    def test_papers_for_operators(self):
        """Whoever works on runs may print their papers."""
        operator = self._make_user(
            "operator", "mrp_operator.mrp_operator_group_operator,mrp.group_mrp_user"
        )
        reports = self.env["ir.actions.report"].with_user(operator)
        html, _kind = reports._render_qweb_html(
            "job_work_order.job_traveller_action", self.order.ids
        )
        self.assertIn("Customer", html.decode())
