import random

from odoo.tests import Form, tagged

from ..tools import joint_cost
from .common import MultiOutputCommon

METHODS = (
    joint_cost.FIXED,
    joint_cost.EQUIVALENCE,
    joint_cost.QUANTITY,
    joint_cost.SALES_VALUE,
    joint_cost.NET_REALISABLE_VALUE,
    joint_cost.GROSS_MARGIN,
)
TYPES = (joint_cost.CO_PRODUCT, joint_cost.BY_PRODUCT, joint_cost.WASTE)


@tagged("at_install", "-post_install")
class TestRandomRuns(MultiOutputCommon):
    """Money is neither made nor lost, whatever the recipe."""

    runs = 20
    seed = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(cls.seed)
        # wrong recipes are wanted here: completion has to cope with them
        cls.classPatch(
            cls.env.registry["mrp.bom"],
            "_get_main_products",
            lambda bom: bom.env["product.product"],
        )
        cls.uoms = cls.env["uom.uom"].union(
            cls.unit,
            *(
                cls.env.ref(f"uom.{name}")
                for name in (
                    "product_uom_kgm",
                    "product_uom_gram",
                    "product_uom_dozen",
                    "product_uom_litre",
                )
            ),
        )

    def _amount(self, high):
        return round(self.random.uniform(0, high), self.random.choice((0, 2, 4)))

    def _make_random_product(self, name):
        product = self._make_product(
            name,
            self.random.choice(("standard", "average", "fifo")),
            price=self._amount(20),
            uom_id=self.random.choice(self.uoms).id,
            weight=self.random.choice((0, 0.25, 1.7)),
        )
        if self.random.random() < 0.7:
            self._set_price(product, self._amount(30))
        return product

    def _make_random_recipe(self):
        main = self._make_random_product("Main")
        share = 100.0
        lines = []
        for number in range(self.random.randint(0, 7)):
            product = self._make_random_product(f"Output {number}")
            kind = self.random.choice(TYPES)
            part = 0
            if kind == joint_cost.CO_PRODUCT:
                part = round(self.random.uniform(0, share / 2), 2)
                share -= part
            lines.append(
                {
                    "product_id": product.id,
                    "product_qty": max(self._amount(30), 0.01),
                    "output_type": kind,
                    "cost_share": part,
                    "equivalence_number": self._amount(5),
                    "separable_cost": self._amount(10),
                    "disposal_cost": self._amount(3),
                }
            )
        return self._make_bom(
            main,
            [(self.milk, max(self._amount(40), 0.01))],
            byproducts=lines,
            minutes=self.random.choice((0, 7, 60)),
            joint_cost_method=self.random.choice(METHODS),
            product_qty=self.random.choice((1, 3, 7.5)),
            main_equivalence_number=self._amount(5),
            main_separable_cost=self._amount(10),
        )

    def _complete_randomly(self, order):
        """In one go, or in part with a backorder."""
        done = order
        if self.random.random() < 0.3:
            form = Form(order)
            form.qty_producing = order.product_uom_id.round(order.product_qty / 3)
            order = form.save()
            if 0 < order.qty_producing < order.product_qty:
                result = order.with_context(
                    skip_backorder=True,
                    skip_consumption=True,
                    skip_redirection=True,
                    mo_ids_to_backorder=order.ids,
                ).button_mark_done()
                self.assertTrue(result)
                done = order.production_group_id.production_ids
        self._complete(done.filtered(lambda order: order.state != "done"))
        return done

    def _check_order(self, order):
        """Σ inputs = Σ outputs at booked value + variance, and the audit agrees."""
        currency = order.company_id.currency_id
        outputs = order.move_finished_ids.filtered(lambda m: m.state == "done")
        shares = sum(sum((m.run_cost_share or {}).values()) for m in outputs)
        self.assertAlmostEqual(
            shares * currency.rounding, order.run_cost_actual, places=4
        )
        if len(outputs) > 1:
            self.assertAlmostEqual(
                sum(order.joint_cost_ids.mapped("amount")),
                order.run_cost_actual,
                places=4,
            )
            self.assertAlmostEqual(
                sum(order.joint_cost_ids.line_ids.mapped("amount")),
                order.run_cost_actual,
                places=4,
            )
        valued = outputs.filtered("is_in")
        values = valued.mapped("value")
        self.assertEqual(values, valued.mapped("run_value"))
        for _time in range(4):
            valued._set_value()
        self.assertEqual(valued.mapped("value"), values)
        variances = order.run_entry_ids.line_ids.filtered(
            lambda line: (
                line.account_id == order.company_id.production_variance_account_id
            )
        )
        self.assertAlmostEqual(
            order.run_cost_actual,
            sum(values) + sum(variances.mapped("balance")),
            places=4,
        )

    def _get_company_env(self, company):
        return self.env(context=dict(self.env.context, allowed_company_ids=company.ids))

    def _run(self, count):
        for number in range(count):
            with self.subTest(run=number, seed=self.seed):
                bom = self._make_random_recipe()
                quantity = self.random.choice((1, 2, 3.3, 12))
                orders = self._complete_randomly(self._make_order(bom, quantity))
                for order in orders:
                    self._check_order(order)
                self._unbuild_randomly(orders[:1])
                self.assertAlmostEqual(self._get_balance(self.wip_account), 0, places=4)

    def _unbuild_randomly(self, order):
        if self.random.random() < 0.3 and order.qty_produced:
            form = Form.from_action(self.env, order.button_unbuild())
            form.save().action_unbuild()

    def test_runs(self):
        self._run(self.runs)


@tagged("post_install", "-at_install", "heavy")
class TestManyRandomRuns(TestRandomRuns):
    """A thousand runs over two companies and currencies of 0, 2 and 3 decimals."""

    runs = 250

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env

    def _use_company(self, digits):
        company = self._make_company(f"Creamery {digits}")
        currency = self.env["res.currency"].create(
            {"name": f"T{digits}", "symbol": "¤", "rounding": 10**-digits}
        )
        self._set_up_company(company)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            (currency.id, company.id),
        )
        self.env.invalidate_all()
        env = self._get_company_env(company)
        self.addCleanup(setattr, type(self), "env", type(self).env)
        type(self).env = env
        self.wip_account = self._get_production_location(company).valuation_account_id
        self.workcenter = self.workcenter.copy({"company_id": company.id}).with_env(env)
        type(self).workcenter = self.workcenter
        self._receive(self.milk.with_env(env), 100000, 1.37)

    def test_runs(self):
        self._receive(self.milk, 100000, 1.0)
        self._run(self.runs)

    def test_runs_without_decimals(self):
        self._use_company(0)
        self._run(self.runs)

    def test_runs_with_three_decimals(self):
        self._use_company(3)
        self._run(self.runs)

    def test_runs_in_another_order(self):
        self.random.seed(2)
        self._receive(self.milk, 100000, 1.0)
        self._run(self.runs)
