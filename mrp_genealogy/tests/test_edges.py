from odoo import Command
from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("at_install", "-post_install")
class TestEdges(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.m1 = cls._make_lot("M1", 1000)
        cls.m2 = cls._make_lot("M2", 1000)
        cls._stock_up(cls.salt, 1000)

    def _lot(self, name, product=None):
        return self._make_lot(name, product=product or self.cheese)

    def test_a_run(self):
        order = self._run(
            self.cheese,
            10,
            [(self.milk, self.m1, 60), (self.milk, self.m2, 40), (self.salt, None, 2)],
            self._lot("C1"),
        )
        self.assertEqual(
            self._get_edges(production_id=order),
            {("M1", "C1"): 60, ("M2", "C1"): 40, ("Salt", "C1"): 2},
        )
        edge = self.env["mrp.genealogy.edge"].search(
            [("parent_lot_id", "=", self.m1.id)]
        )
        self.assertEqual(edge.company_id, self.company)
        self.assertEqual(edge.child_quantity, 10)
        self.assertTrue(edge.date)

    def test_outputs_share_by_a_common_unit(self):
        """Nothing of an input is lost: the shares add up to what went in."""
        self.whey.uom_id = self.gram
        self.cheese.uom_id = self.kg
        order = self._run(
            self.cheese,
            3,
            [(self.milk, self.m1, 10)],
            self._lot("C1"),
            [(self.whey, self._lot("W1", self.whey), 2000)],
        )
        self.assertEqual(
            self._get_edges(production_id=order), {("M1", "C1"): 6, ("M1", "W1"): 4}
        )

    def test_else_by_weight(self):
        self.whey.uom_id = self.litre
        self.whey.weight = 1
        self.cheese.weight = 3
        order = self._run(
            self.cheese,
            2,
            [(self.milk, self.m1, 10)],
            self._lot("C1"),
            [(self.whey, self._lot("W1", self.whey), 4)],
        )
        self.assertEqual(
            self._get_edges(production_id=order), {("M1", "C1"): 6, ("M1", "W1"): 4}
        )

    def test_else_products_alike(self):
        self.whey.uom_id = self.litre
        order = self._run(
            self.cheese,
            2,
            [(self.milk, self.m1, 12)],
            self._lot("C1"),
            [
                (self.whey, self._lot("W1", self.whey), 1),
                (self.whey, self._lot("W2", self.whey), 2),
            ],
        )
        self.assertEqual(
            self._get_edges(production_id=order),
            {("M1", "C1"): 6, ("M1", "W1"): 2, ("M1", "W2"): 4},
        )

    def test_an_output_without_lot_belongs_to_the_run(self):
        order = self._run(self.salt, 4, [(self.milk, self.m1, 8)], byproducts=[])
        self.assertEqual(self._get_edges(production_id=order), {("M1", "Salt"): 8})

    def test_a_run_out_of_nothing(self):
        order = self._run(self.cheese, 1, [], self._lot("C1"))
        self.assertEqual(self._get_edges(production_id=order), {(None, "C1"): 0})

    def test_serial_numbers(self):
        wheel = self._make_product("Wheel", tracking="serial")
        bom = self._make_bom(wheel, [(self.milk, 5)])
        order = self._make_order(wheel, 3, bom)
        serials = self.env["stock.lot"].create(
            [{"name": f"S{n}", "product_id": wheel.id} for n in range(3)]
        )
        order.lot_producing_ids = serials
        order.qty_producing = 3
        self._consume(order, [(self.milk, self.m1, 9), (self.milk, self.m2, 6)])
        self._complete(order)
        self.assertEqual(
            self._get_edges(production_id=order),
            {(m, f"S{n}"): q for n in range(3) for m, q in (("M1", 3), ("M2", 2))},
        )

    def test_what_is_issued_ahead(self):
        """It is seen while the run goes on, and belongs to what comes out later."""
        bom = self._make_bom(self.cheese, [(self.milk, 10), (self.salt, 1)])
        order = self._make_order(self.cheese, 2, bom)
        milk = order.move_raw_ids.filtered(lambda m: m.product_id == self.milk)
        milk._do_unreserve()
        self._make_line(milk, self.m1, 20)
        milk.write({"manual_consumption": True, "picked": True})
        milk._action_done()
        self.assertEqual(self._get_edges(production_id=order), {("M1", None): 20})
        order.lot_producing_ids = self._lot("C1")
        order.qty_producing = 2
        order._set_qty_producing()
        self._complete(order)
        self.assertEqual(
            self._get_edges(production_id=order),
            {("M1", "C1"): 20, ("Salt", "C1"): 2},
        )

    def _make_backorder(self, issued_ahead):
        bom = self._make_bom(self.cheese, [(self.milk, 10), (self.salt, 1)])
        order = self._make_order(self.cheese, 10, bom)
        milk = order.move_raw_ids.filtered(lambda m: m.product_id == self.milk)
        milk._do_unreserve()
        if issued_ahead:
            self._make_line(milk, self.m1, 100)
            milk.write({"manual_consumption": True, "picked": True})
            milk._action_done()
        else:
            self._make_line(milk, self.m1, 40)
            milk.write({"manual_consumption": True, "picked": True})
        order.lot_producing_ids = self._lot("C1")
        order.qty_producing = 4
        salt = order.move_raw_ids - milk
        salt.quantity = 4
        salt.write({"manual_consumption": True, "picked": True})
        self._complete(order, mo_ids_to_backorder=order.ids)
        backorder = order.production_group_id.production_ids - order
        backorder.lot_producing_ids = self._lot("C2")
        backorder.qty_producing = 6
        return order, backorder

    def test_a_backorder_with_its_own_issues(self):
        order, backorder = self._make_backorder(issued_ahead=False)
        self._consume(backorder, [(self.milk, self.m2, 60), (self.salt, None, 6)])
        self._complete(backorder)
        self.assertEqual(
            self._get_edges(production_id=order | backorder),
            {
                ("M1", "C1"): 40,
                ("Salt", "C1"): 4,
                ("M2", "C2"): 60,
                ("Salt", "C2"): 6,
            },
        )

    def test_a_backorder_that_uses_what_was_issued_ahead(self):
        order, backorder = self._make_backorder(issued_ahead=True)
        self._consume(backorder, [(self.salt, None, 6)])
        milk = backorder.move_raw_ids.filtered(lambda m: m.product_id == self.milk)
        milk._action_cancel()
        self._complete(backorder)
        self.assertEqual(
            self._get_edges(production_id=order | backorder),
            {
                ("M1", "C1"): 40,
                ("M1", "C2"): 60,
                ("Salt", "C1"): 4,
                ("Salt", "C2"): 6,
            },
        )

    def test_a_corrected_input(self):
        order = self._run(self.cheese, 1, [(self.milk, self.m1, 10)], self._lot("C1"))
        order.move_raw_ids.move_line_ids.lot_id = self.m2
        self.assertEqual(self._get_edges(production_id=order), {("M2", "C1"): 10})
        order.move_raw_ids.move_line_ids.quantity = 7
        self.assertEqual(self._get_edges(production_id=order), {("M2", "C1"): 7})

    def test_a_corrected_output(self):
        order = self._run(self.cheese, 1, [(self.milk, self.m1, 10)], self._lot("C1"))
        order.move_finished_ids.move_line_ids.lot_id = self._lot("C2")
        self.assertEqual(self._get_edges(production_id=order), {("M1", "C2"): 10})

    def test_an_input_added_afterwards(self):
        order = self._run(self.cheese, 1, [(self.milk, self.m1, 10)], self._lot("C1"))
        self._make_line(order.move_raw_ids, self.m2, 5)
        self.assertEqual(
            self._get_edges(production_id=order), {("M1", "C1"): 10, ("M2", "C1"): 5}
        )

    def test_a_component_that_was_scrapped_is_not_in_it(self):
        bom = self._make_bom(self.cheese, [(self.milk, 10)])
        order = self._make_order(self.cheese, 1, bom)
        self.env["stock.scrap"].create(
            {
                "product_id": self.milk.id,
                "lot_id": self.m2.id,
                "scrap_qty": 3,
                "production_id": order.id,
                "location_id": self.stock.id,
            }
        ).do_scrap()
        order.lot_producing_ids = self._lot("C1")
        order.qty_producing = 1
        self._consume(order, [(self.milk, self.m1, 10)])
        self._complete(order)
        self.assertEqual(self._get_edges(production_id=order), {("M1", "C1"): 10})

    def test_unbuilding(self):
        bom = self._make_bom(self.cheese, [(self.milk, 10)])
        order = self._make_order(self.cheese, 2, bom)
        order.lot_producing_ids = self._lot("C1")
        order.qty_producing = 2
        self._consume(order, [(self.milk, self.m1, 20)])
        self._complete(order)
        unbuild = self.env["mrp.unbuild"].create(
            {
                "mo_id": order.id,
                "product_id": self.cheese.id,
                "lot_id": order.lot_producing_ids.id,
                "product_qty": 1,
                "company_id": self.company.id,
            }
        )
        unbuild.action_unbuild()
        self.assertEqual(self._get_edges(unbuild_id=unbuild), {("C1", "M1"): 1})
        self.assertEqual(self._get_edges(production_id=order), {("M1", "C1"): 20})
        # milk made cheese made milk: it ends all the same
        tree = self.m1.get_genealogy()
        self.assertEqual(len(tree["forward"]), 2)
        self.assertEqual(len(tree["backward"]), 2)

    def test_the_operation_where_known(self):
        workcenter = self.env["mrp.workcenter"].create(
            {"name": "Vat", "company_id": self.company.id}
        )
        bom = self._make_bom(
            self.cheese,
            [(self.milk, 10)],
            operation_ids=[
                Command.create({"name": "Cook", "workcenter_id": workcenter.id})
            ],
        )
        bom.bom_line_ids.operation_id = bom.operation_ids
        order = self._make_order(self.cheese, 1, bom)
        order.lot_producing_ids = self._lot("C1")
        order.qty_producing = 1
        self._consume(order, [(self.milk, self.m1, 10)])
        self._complete(order)
        edge = self.env["mrp.genealogy.edge"].search([("production_id", "=", order.id)])
        self.assertEqual(edge.workorder_id.name, "Cook")
        self.assertEqual(self.m1.get_genealogy()["forward"][0]["operation"], "Cook")

    def test_several_runs_at_once_cost_few_queries(self):
        """Written set by set: a hundred runs cost what one costs."""

        def count(orders):
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["mrp.genealogy.edge"]._write_edges(orders)
            return self.cr.sql_log_count - before

        orders = self.env["mrp.production"]
        for number in range(6):
            orders |= self._run(
                self.cheese,
                1,
                [(self.milk, self.m1, 10)],
                self._lot(f"C{number}"),
            )
        one, many = count(orders[:1]), count(orders)
        self.assertEqual(one, many)
        self.assertLessEqual(many, 2)
        self.assertEqual(len(self._get_edges(production_id=orders)), 6)

    def test_other_companies_post_in_their_own(self):
        order = self._run(self.cheese, 1, [(self.milk, self.m1, 10)], self._lot("C1"))
        other = self.env["res.company"].create({"name": "Other Creamery"})
        self.env.user.company_ids |= other
        env = self.env(
            context=dict(
                self.env.context, allowed_company_ids=[other.id, self.company.id]
            )
        )
        order.with_env(env).move_raw_ids.move_line_ids.quantity = 8
        edge = env["mrp.genealogy.edge"].search([("production_id", "=", order.id)])
        self.assertEqual(edge.company_id, self.company)
        self.assertEqual(edge.quantity, 8)


@tagged("at_install", "-post_install")
class TestGenealogy(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slice = cls._make_product("Slices")
        cls.m1 = cls._make_lot("M1")
        cls.m1.supplier_lot = "FARM-0815"
        cls._receive(cls.m1, 100)
        cls.c1 = cls._make_lot("C1", product=cls.cheese)
        cls.s1 = cls._make_lot("S1", product=cls.slice)
        cls._run(cls.cheese, 10, [(cls.milk, cls.m1, 60)], cls.c1)
        cls._run(cls.slice, 20, [(cls.cheese, cls.c1, 4)], cls.s1)
        cls.delivery = cls._deliver(cls.s1, 15)

    def _names(self, tree, direction):
        lots = tree["lots"]
        return [
            (
                lots.get(edge["parent_lot_id"], {}).get("name"),
                lots.get(edge["child_lot_id"], {}).get("name"),
            )
            for edge in tree[direction]
        ]

    def test_from_the_farm_to_the_customer(self):
        tree = self.c1.get_genealogy()
        self.assertEqual(self._names(tree, "backward"), [("M1", "C1")])
        self.assertEqual(self._names(tree, "forward"), [("C1", "S1")])
        milk, slices = tree["lots"][self.m1.id], tree["lots"][self.s1.id]
        self.assertEqual(milk["supplier_lot"], "FARM-0815")
        self.assertEqual(milk["receipt"][0]["who"], "Farm 12")
        self.assertEqual(milk["receipt"][0]["quantity"], 100)
        self.assertEqual(milk["stock"][0]["quantity"], 40)
        self.assertEqual(slices["delivery"][0]["who"], "Frischmarkt")
        self.assertEqual(slices["delivery"][0]["document"], self.delivery.name)
        self.assertEqual(slices["delivery"][0]["quantity"], 15)
        self.assertEqual(slices["stock"][0]["quantity"], 5)

    def test_what_comes_back_counts_against_it(self):
        back = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.customers.id,
                "location_dest_id": self.stock.id,
                "partner_id": self.customer.id,
            }
        )
        self._post(back, self.s1, 4)
        facts = self.s1.get_genealogy()["lots"][self.s1.id]
        self.assertEqual([f["quantity"] for f in facts["delivery"]], [15, -4])

    def test_names_follow_a_renamed_lot(self):
        self.c1.name = "C1-NEW"
        self.assertEqual(
            self._names(self.m1.get_genealogy(), "forward"),
            [("M1", "C1-NEW"), ("C1-NEW", "S1")],
        )

    def test_a_few_queries(self):
        """Three statements, whatever the size (and one for the access rules)."""
        for lots in (self.c1, self.c1 | self.m1 | self.s1):
            self.env.flush_all()
            self.env.invalidate_all()
            user = self.env(user=self.worker)
            lots.with_env(user).check_access("read")
            before = self.cr.sql_log_count
            lots.with_env(user).get_genealogy()
            self.assertLessEqual(self.cr.sql_log_count - before, 3)

    def test_it_says_when_it_was_cut(self):
        from ..tools import trace

        self.assertFalse(trace(self.env, self.m1)["cut"])
        small = trace(self.env, self.m1, most=1)
        self.assertTrue(small["cut"])
        self.assertEqual(len(small["forward"]), 1)

    def test_where_it_opens(self):
        action = self.c1.action_open_genealogy()
        self.assertEqual(action["params"]["lot_ids"], self.c1.ids)
        order = self.env["mrp.production"].search([("product_id", "=", self.slice.id)])
        action = order.action_open_genealogy()
        self.assertEqual(action["params"]["lot_ids"], self.s1.ids)
