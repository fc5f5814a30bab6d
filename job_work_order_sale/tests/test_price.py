from datetime import timedelta

from odoo import fields

from .common import JobSaleCommon


class TestPrice(JobSaleCommon):
    """Price list, fixed, per good unit, cost plus, time and material."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        elements = cls.env["mrp.cost.element"]
        cls.material = elements._get("material")
        cls.labour = elements._get("labour")
        cls.env["job.markup"].create(
            [
                {"element_id": cls.material.id, "percent": 50},
                {"element_id": cls.labour.id, "percent": 100},
            ]
        )
        cls.rates = cls.env["job.labor.rate"].create({"rate": 90})

    def test_pricelist(self):
        job = self._make_sold_job(10, unit_price=47)
        line = job.line_ids
        line.pricing_method = "fixed"
        line.pricing_method = "pricelist"
        self.assertEqual(line.sale_line_id.price_unit, 50)

    def test_fixed_adds_up(self):
        """Whatever the parts, the fixed price is billed to the cent."""
        job = self._make_sold_job(7, pricing_method="fixed", price=100)
        amounts = []
        for quantity in (2, 2, 3):
            self._make_some(job, quantity)
            amounts.append(self._bill(job).amount_untaxed)
        self.assertAlmostEqual(sum(amounts), 100)
        self.assertEqual(amounts, [28.57, 28.57, 42.86])

    def test_fixed_may_be_billed_to_the_cent(self):
        """What a unit costs is rounded for the eye only."""
        job = self._make_sold_job(3, pricing_method="fixed", price=100)
        self._make_some(job, 2)
        self.assertEqual(job.amount_billable, 66.67)
        self._make_some(job, 1)
        self.assertEqual(job.amount_billable, 100)

    def test_fixed_within_tolerance(self):
        job = self._make_sold_job(
            10, pricing_method="fixed", price=100, tolerance_under=10
        )
        self._make_some(job, 9)
        self.assertEqual(self._bill(job, "final").amount_untaxed, 100)

    def test_fixed_credit(self):
        job = self._make_sold_job(3, pricing_method="fixed", price=100)
        self._make_some(job, 1)
        first = self._bill(job)
        self._make_some(job, 2)
        self._bill(job)
        self._credit(first)
        self.assertEqual(self._bill(job).amount_untaxed, 33.33)
        self.assertEqual(job.amount_billed, 100)

    def test_per_good_unit(self):
        job = self._make_sold_job(10, pricing_method="unit", price=12)
        self.assertEqual(job.line_ids.sale_line_id.price_unit, 12)
        self._make_some(job, 4)
        self.assertEqual(self._bill(job).amount_untaxed, 48)
        with self.assertRefused("depends on what was made"):
            job.line_ids.billing_basis = "ordered"

    def test_estimate(self):
        """10 of 10 milk at 1 and an hour at 60."""
        job = self._make_sold_job(10, pricing_method="cost")
        line = job.line_ids
        self.assertEqual(line._get_estimate(), {self.material: 150, self.labour: 1200})
        self.assertEqual(line.sale_line_id.price_unit, 135)
        line.pricing_method = "time"
        self.assertEqual(line._get_estimate(), {self.material: 150, self.labour: 900})

    def test_cost_plus(self):
        job = self._make_sold_job(10, pricing_method="cost")
        run = job.production_ids
        self._log_time(run.workorder_ids, 120)
        self._complete(run)
        line = job.line_ids
        cost = {row.element_id: row.amount for row in run.run_cost_line_ids}
        due = cost[self.material] * 1.5 + cost[self.labour] * 2
        self.assertEqual(line.amount_actual, due)
        self.assertIn("Labour", line.difference_note)
        wizard_line = self._bill_part(job, 3)
        self.assertAlmostEqual(wizard_line.price_subtotal, due * 0.3, places=2)
        rest = self._bill(job)
        self.assertAlmostEqual(wizard_line.price_subtotal + rest.amount_untaxed, due)

    def _bill_part(self, job, quantity):
        wizard = self.env["job.invoice"].create({"job_ids": job.ids})
        wizard.line_ids.quantity = quantity
        return wizard._create_invoices().invoice_line_ids

    def test_time_and_material(self):
        job = self._make_sold_job(10, pricing_method="time")
        run = job.production_ids
        self._log_time(run.workorder_ids, 120)
        self._complete(run)
        hours = sum(run.workorder_ids.time_ids.mapped("duration")) / 60
        self.assertAlmostEqual(
            self._bill(job).amount_untaxed, 150 + hours * 90, places=2
        )

    def test_rates(self):
        rates = self.env["job.labor.rate"]
        operator = self.env["hr.employee"].create(
            {"name": "Vera", "company_id": self.company.id}
        )
        rates.create(
            [
                {"operator_id": operator.id, "rate": 100},
                {"workcenter_id": self.workcenter.id, "rate": 110},
                {
                    "operator_id": operator.id,
                    "workcenter_id": self.workcenter.id,
                    "rate": 120,
                },
            ]
        )
        table = rates._get_table(self.company)
        other = self.env["mrp.workcenter"].create({"name": "Other"})
        nobody = self.env["hr.employee"]
        for person, place, rate in (
            (operator, self.workcenter, 120),
            (operator, other, 100),
            (nobody, self.workcenter, 110),
            (nobody, other, 90),
        ):
            self.assertEqual(rates._pick(table, person, place), rate)
        with self.assertRefused("no sales rate"):
            rates._pick({}, nobody, other)

    def test_markup_of_pricelist(self):
        pricelist = self.env["product.pricelist"].create({"name": "Friends"})
        markups = self.env["job.markup"]
        markups.create(
            {
                "element_id": self.material.id,
                "percent": 10,
                "pricelist_id": pricelist.id,
            }
        )
        factors = markups._get_factors(self.company, pricelist)
        self.assertEqual(factors, {self.material: 1.1, self.labour: 2})

    def test_calculator(self):
        job = self._make_job(partner_id=self.customer.id)
        quote = (
            self.env["job.quote"]
            .with_user(self.seller)
            .create({"line_id": job.line_ids.id})
        )
        self.assertEqual(quote.amount, 1350)
        self.assertEqual(quote.unit_price, 135)
        quote.action_apply()
        line = job.with_env(self.env).line_ids
        self.assertEqual((line.pricing_method, line.price), ("fixed", 1350))
        job.with_env(self.env).action_create_quotation()
        self.assertEqual(line.sale_line_id.price_unit, 135)
        quote.apply_as = "method"
        quote.action_apply()
        self.assertEqual(line.pricing_method, "cost")

    def test_other_currency(self):
        currency = self.env["res.currency"].create({"name": "ZZZ", "symbol": "Z"})
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "rate": 2,
                "name": fields.Date.today() - timedelta(days=10),
                "company_id": self.company.id,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Z", "currency_id": currency.id}
        )
        job = self._make_sold_job(10, confirm=False)
        job.sale_order_id.pricelist_id = pricelist
        job.line_ids.pricing_method = "cost"
        job.sale_order_id.action_confirm()
        self.assertEqual(job.line_ids.sale_line_id.price_unit, 270)
        self._complete(job.production_ids)
        invoice = self._bill(job)
        self.assertEqual(invoice.currency_id, currency)
        due = sum(job.production_ids._get_job_price(job.line_ids).values())
        self.assertAlmostEqual(invoice.amount_untaxed, 2 * due, places=2)

    def test_margin(self):
        job = self._make_sold_job(10)
        self._complete(job.production_ids)
        self._bill(job, "percent", percent=50)
        self._bill(job, "final")
        self.env.flush_all()
        job.invalidate_recordset()
        self.assertEqual(job.margin, 500 - job.cost_actual)
        row = self.env["job.margin.report"].search([("job_id", "=", job.id)])
        self.assertEqual(row.revenue, 500)
        self.assertEqual(row.margin, job.margin)
