from odoo.tests import tagged

from .common import MultiOutputCommon


@tagged("at_install", "-post_install")
class TestReports(MultiOutputCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheese = cls._make_product("Cheese")
        cls.cream = cls._make_product("Cream")
        cls.whey = cls._make_product("Whey")
        for product, price in ((cls.cheese, 8), (cls.cream, 4), (cls.whey, 0.5)):
            cls._set_price(product, price)
        cls.bom = cls._make_recipe(
            cls.cheese,
            [
                {
                    "product_id": cls.cream.id,
                    "output_type": "co_product",
                    "product_qty": 2,
                },
                {
                    "product_id": cls.whey.id,
                    "output_type": "by_product",
                    "product_qty": 8,
                },
            ],
            joint_cost_method="sales_value",
        )

    def test_bom_overview(self):
        report = self.env["report.mrp.report_bom_structure"]
        data = report.with_context(warehouse_id=False)._get_report_data(self.bom.id)
        lines = data["lines"]
        self.assertEqual(lines["bom_cost"], 48)
        self.assertEqual([line["bom_cost"] for line in lines["byproducts"]], [48, 4])

    def test_mo_overview(self):
        order = self._make_order(self.bom, 3)
        report = self.env["report.mrp.report_mo_overview"]
        data = report._get_report_data(order.id)
        self.assertEqual(data["summary"]["mo_cost"], 144)
        self.assertEqual(
            [line["mo_cost"] for line in data["byproducts"]["details"]], [144, 12]
        )
        self._complete(order)
        data = report._get_report_data(order.id)
        self.assertEqual(data["summary"]["real_cost"], 144)
        self.assertEqual(
            [line["real_cost"] for line in data["byproducts"]["details"]], [144, 12]
        )
        self.assertEqual(
            [line["unit_avg_total_cost"] for line in data["cost_breakdown"]],
            [48, 24, 0.5],
        )

    def test_yield_analysis(self):
        order = self._make_order(self.bom, 10)
        order.qty_producing = 8
        order._set_qty_producing()
        self._complete(order)
        self.env.flush_all()
        lines = self.env["mrp.output.report"].search(
            [("production_id", "=", order.id)], order="id"
        )
        self.assertEqual(lines.mapped("planned_quantity"), [10, 20, 80])
        self.assertEqual(lines.mapped("output_yield"), [80, 80, 80])
        self.assertEqual(sum(lines.mapped("value")), order.run_cost_actual)
