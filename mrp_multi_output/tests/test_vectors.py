import json
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import MultiOutputCommon

CASES = [
    case
    for case in json.loads(Path(__file__).with_name("joint_cost.json").read_text())[
        "cases"
    ]
    if case["method"] != "none"
]
STANDARD = "standard"
COSTINGS = ("average", "fifo", STANDARD)


class Vectors(MultiOutputCommon):
    """Vectors through real orders: values, journal and audit agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units = {
            "kg": cls.env.ref("uom.product_uom_kgm"),
            "g": cls.env.ref("uom.product_uom_gram"),
            "dozen": cls.env.ref("uom.product_uom_dozen"),
        }

    def _set_currency(self, digits):
        currency = self.env["res.currency"].create(
            {"name": f"T{digits}", "symbol": "¤", "rounding": 10**-digits}
        )
        self.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            (currency.id, self.company.id),
        )
        self.env.invalidate_all()

    def _make_output_product(self, output, index, method):
        dozen = output.get("unit") == "dozen"
        uom = self.unit if dozen else self.units.get(output.get("unit"), self.unit)
        product = self._make_product(
            f"Output {index}",
            output.get("costing", method),
            price=float(output.get("standard", 0)),
            uom_id=uom.id,
            weight=float(output.get("weight", 0)),
        )
        price = output.get("price", output.get("recovery"))
        if price is not None:
            self._set_price(product, float(price))
        return product

    def _make_case(self, case, method):
        outputs = case["outputs"]
        products = [
            self._make_output_product(output, index, method)
            for index, output in enumerate(outputs)
        ]
        elements = case.get("elements", {"material": case["pool"]})
        milk = self._make_product("Pool milk", uom_id=self.unit.id)
        self._receive(milk, 1, float(elements["material"]))
        lines = []
        for output, product in list(zip(outputs, products, strict=True))[1:]:
            lines.append(
                {
                    "product_id": product.id,
                    "product_qty": float(output["qty"]),
                    "product_uom_id": self._get_line_uom(output, product).id,
                    "output_type": output["type"],
                    "cost_share": float(output.get("share", 0)),
                    "equivalence_number": float(output.get("number", 1)),
                    "separable_cost": float(output.get("separable", 0)),
                    "disposal_cost": float(output.get("disposal", 0)),
                }
            )
        main = outputs[0]
        return self._make_bom(
            products[0],
            [(milk, 1)],
            byproducts=lines,
            joint_cost_method=case["method"],
            product_qty=float(main["qty"]),
            product_uom_id=self._get_line_uom(main, products[0]).id,
            main_equivalence_number=float(main.get("number", 1)),
            main_separable_cost=float(main.get("separable", 0)),
        )

    def _get_line_uom(self, output, product):
        return self.units.get(output.get("unit"), product.uom_id)

    def _run_case(self, case, method, provisional=False):
        if "currency_digits" in case:
            self._set_currency(case["currency_digits"])
        if case.get("at"):
            with self.assertRaises(ValidationError):
                self._make_case(case, method)
            self._patch_for_case("mrp.bom", "_get_main_products", self._no_products)
        bom = self._make_case(case, method)
        order = self._make_order(
            bom, bom.product_qty, product_uom_id=bom.product_uom_id.id
        )
        elements = case.get("elements", {})
        extra = {k: float(v) for k, v in elements.items() if k != "material"}
        if extra:
            self._add_to_pool(order, extra)
        self._complete(order)
        moves = order.move_finished_ids.sorted(
            lambda m: (m.output_type != "main", m.id)
        )
        return order, moves

    def _add_to_pool(self, order, amounts):
        model = self.env.registry["mrp.production"]
        prepare_cost_lines = model._prepare_cost_lines
        lines = [
            {
                "element": element,
                "label": element,
                "quantity": 1,
                "unit_name": "",
                "amount": amount,
            }
            for element, amount in amounts.items()
        ]
        self._patch_for_case(
            "mrp.production",
            "_prepare_cost_lines",
            lambda production: prepare_cost_lines(production) + lines,
        )

    def _patch_for_case(self, model, method, replacement):
        self.patches.enter_context(
            patch.object(self.env.registry[model], method, replacement)
        )

    @staticmethod
    def _no_products(bom):
        """Recipes are not checked: what is wrong has to be coped with later."""
        return bom.env["product.product"]

    @contextmanager
    def _case(self):
        """One case alone: nothing of it is left for the next."""
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            with ExitStack() as self.patches:
                yield
        finally:
            self.env.flush_all()
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            self.env.registry.clear_cache()

    def _check_cases(self, choose):
        """:param choose: gives the costing methods for a number and those possible"""
        for number, case in enumerate(CASES):
            possible = list(COSTINGS)
            if case.get("at") or "costing" in str(case):
                possible.remove(STANDARD)
            for method in choose(number, possible):
                with self.subTest(case=case["name"], costing=method), self._case():
                    if method == STANDARD:
                        self._check_standard_case(case)
                    else:
                        self._check_case(case, method)

    def _check_case(self, case, method):
        order, moves = self._run_case(case, method)
        expected = case.get("expected") or case["at"]["completion"]
        self.assertEqual(
            [f"{move.run_value:.{self._get_digits(case)}f}" for move in moves],
            expected,
        )
        valued = moves.filtered("is_in")
        self.assertEqual(valued.mapped("value"), valued.mapped("run_value"))
        self.assertEqual(order.run_cost_provisional, bool(case.get("at")))
        if case.get("accrual"):
            disposal = order.run_cost_line_ids.filtered(
                lambda line: line.element_id.code == "disposal"
            )
            self.assertEqual(disposal.amount, float(case["accrual"]))
        for element, amount in case.get("elements", {}).items():
            self._check_element(order, element, float(amount))
        self.assertAlmostEqual(
            sum(order.joint_cost_ids.mapped("amount")), order.run_cost_actual
        )
        self.assertBalanced(order)
        self.assertEqual(
            self._get_balance(self.company.production_variance_account_id),
            float(case.get("variance", 0)),
        )

    def _get_digits(self, case):
        return case.get("currency_digits", 2)

    def _check_element(self, order, code, amount):
        lines = order.joint_cost_ids.line_ids.filtered(
            lambda line: line.element_id.code == code
        )
        self.assertAlmostEqual(sum(lines.mapped("amount")), amount)
        for line in lines:
            self.assertLessEqual(round(abs(line.amount - amount / len(lines)), 4), 0.01)

    def _check_standard_case(self, case):
        """Joint outputs at standard cost: booked at standard, the rest of each share
        is variance, the production account is empty."""
        case = dict(case)
        case["outputs"] = [
            dict(output, costing="standard", standard="1.5")
            if output["type"] in ("main", "co_product")
            else output
            for output in case["outputs"]
        ]
        order, moves = self._run_case(case, "average")
        shares = [
            f"{line.amount:.{self._get_digits(case)}f}"
            for line in order.joint_cost_ids.sorted("id")
        ]
        self.assertEqual(shares, case["expected"])
        for move in moves.filtered(lambda m: m.product_id.cost_method == "standard"):
            self.assertAlmostEqual(
                move.value,
                self.company.currency_id.round(1.5 * move._get_output_quantity()),
            )
        variance = sum(order.joint_cost_ids.mapped("variance"))
        self.assertAlmostEqual(
            self._get_balance(self.company.production_variance_account_id), variance
        )
        self.assertBalanced(order)


@tagged("at_install", "-post_install")
class TestVectors(Vectors):
    def test_costings_in_turns(self):
        self._check_cases(lambda number, possible: [possible[number % len(possible)]])


@tagged("post_install", "-at_install", "heavy")
class TestEveryVector(Vectors):
    def test_every_costing(self):
        self._check_cases(lambda _number, possible: possible)
