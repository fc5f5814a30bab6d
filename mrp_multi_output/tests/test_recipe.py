from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MultiOutputCommon


@tagged("at_install", "-post_install")
class TestRecipe(MultiOutputCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheese = cls._make_product("Cheese")
        cls.cream = cls._make_product("Cream")
        cls.whey = cls._make_product("Whey")

    def test_core_share_makes_a_co_product(self):
        bom = self._make_recipe(
            self.cheese,
            [
                {"product_id": self.cream.id, "cost_share": 20},
                {"product_id": self.whey.id},
            ],
        )
        self.assertEqual(
            bom.byproduct_ids.mapped("output_type"), ["co_product", "by_product"]
        )
        bom.byproduct_ids[1].cost_share = 5
        self.assertEqual(bom.byproduct_ids[1].output_type, "co_product")

    def test_shares_out_of_range(self):
        for share in (-1, 101):
            with self.assertRaises(ValidationError):
                self._make_recipe(
                    self.cheese, [{"product_id": self.cream.id, "cost_share": share}]
                )

    def test_missing_price_names_the_product(self):
        self._set_price(self.cheese, 10)
        outputs = [{"product_id": self.cream.id, "output_type": "co_product"}]
        for method in ("sales_value", "nrv", "gross_margin"):
            with self.assertRaisesRegex(
                ValidationError, "Cream has no valuation price"
            ):
                self._make_recipe(self.cheese, outputs, joint_cost_method=method)
        self._set_price(self.cream, 5)
        self._make_recipe(self.cheese, outputs, joint_cost_method="sales_value")

    def test_units_that_do_not_convert(self):
        outputs = [{"product_id": self.cream.id, "output_type": "co_product"}]
        with self.assertRaisesRegex(ValidationError, "set the weight"):
            self._make_recipe(self.cheese, outputs, joint_cost_method="quantity")
        self.cheese.weight = 1
        self.cream.weight = 2
        self._make_recipe(self.cheese, outputs, joint_cost_method="quantity")

    def test_negative_net_realisable_value(self):
        self._set_price(self.cheese, 10)
        self._set_price(self.cream, 5)
        with self.assertRaisesRegex(ValidationError, "basis of Cream is negative"):
            self._make_recipe(
                self.cheese,
                [
                    {
                        "product_id": self.cream.id,
                        "output_type": "co_product",
                        "separable_cost": 6,
                    }
                ],
                joint_cost_method="nrv",
            )

    def test_no_weight_at_all(self):
        with self.assertRaisesRegex(ValidationError, "no weight"):
            self._make_recipe(
                self.cheese,
                [
                    {
                        "product_id": self.cream.id,
                        "output_type": "co_product",
                        "equivalence_number": 0,
                    }
                ],
                joint_cost_method="equivalence",
                main_equivalence_number=0,
            )

    def test_recovery_above_the_pool(self):
        self._set_price(self.whey, 500)
        with self.assertRaisesRegex(ValidationError, "Whey recovers more"):
            self._make_recipe(
                self.cheese,
                [{"product_id": self.whey.id, "output_type": "by_product"}],
            )

    def test_negative_numbers(self):
        for field in ("equivalence_number", "separable_cost", "disposal_cost"):
            with self.assertRaisesRegex(ValidationError, "Cream"):
                self._make_recipe(
                    self.cheese, [{"product_id": self.cream.id, field: -1}]
                )

    def test_price_constraints(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._set_price(self.cream, -1)

    def test_one_price_per_day(self):
        self._set_price(self.cream, 1)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._set_price(self.cream, 2)

    def test_live_preview(self):
        bom = self._make_recipe(
            self.cheese,
            [{"product_id": self.cream.id, "cost_share": 20, "product_qty": 4}],
        )
        rows = bom.joint_cost_preview["rows"]
        self.assertEqual([row["amount"] for row in rows], [80, 20])
        self.assertEqual(rows[1]["unit_cost"], 5)
        with Form(bom) as form:
            with form.byproduct_ids.edit(0) as line:
                line.cost_share = 30
            amounts = [row["amount"] for row in form.joint_cost_preview["rows"]]
            self.assertEqual(amounts, [70, 30])
            with form.byproduct_ids.edit(0) as line:
                line.cost_share = 20

    def test_preview_shows_the_error(self):
        bom = self._make_recipe(
            self.cheese, [{"product_id": self.whey.id, "output_type": "by_product"}]
        )
        self._set_price(self.whey, 500)
        bom.invalidate_recordset(["joint_cost_preview"])
        self.assertIn("Whey recovers more", bom.joint_cost_preview["notes"][0])

    def test_roll_up_agrees_with_the_allocation(self):
        self._set_price(self.cheese, 8)
        self._set_price(self.cream, 4)
        self._set_price(self.whey, 0.5)
        bom = self._make_recipe(
            self.cheese,
            [
                {
                    "product_id": self.cream.id,
                    "output_type": "co_product",
                    "product_qty": 2,
                },
                {
                    "product_id": self.whey.id,
                    "output_type": "by_product",
                    "product_qty": 8,
                },
            ],
            pool=100,
            joint_cost_method="sales_value",
        )
        # 100 less 8 × 0.50 is 96, shared 8 : 8
        self.assertEqual(self.cheese._compute_bom_price(bom), 48)
        self.assertEqual(self.cream._compute_bom_price(bom, byproduct_bom=True), 24)
        self.assertEqual(self.whey._compute_bom_price(bom, byproduct_bom=True), 0.5)
        order = self._complete(self._make_order(bom))
        self.assertEqual(
            self._get_values(order),
            {self.cheese: 48, self.cream: 48, self.whey: 4},
        )

    def test_cost_per_unit_is_not_cut_to_cents(self):
        milk = self._make_product("Dear milk", price=11.32625)
        bom = self._make_bom(
            self.cheese,
            [(milk, 1)],
            byproducts=[
                {"product_id": self.cream.id, "cost_share": 50, "product_qty": 2}
            ],
        )
        self.assertAlmostEqual(
            self.cream._compute_bom_price(bom, byproduct_bom=True),
            milk.standard_price / 4,
        )

    def test_changes_are_kept_in_the_history(self):
        bom = self._make_recipe(
            self.cheese, [{"product_id": self.cream.id, "cost_share": 20}]
        )
        bom.byproduct_ids.cost_share = 25
        self.assertIn("25", bom.message_ids[0].body)
        self.assertIn("joint_cost_method", bom._track_get_fields())
