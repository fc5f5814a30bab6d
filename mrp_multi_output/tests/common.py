from odoo import Command

from odoo.addons.mrp_run_cost.tests.common import RunCostCommon


class MultiOutputCommon(RunCostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._make_product("Milk")
        cls._receive(cls.milk, 10000, 1.0)

    @classmethod
    def _set_price(cls, product, price, date="2020-01-01", **values):
        return cls.env["product.valuation.price"].create(
            {"product_id": product.id, "price": price, "date": date, **values}
        )

    @classmethod
    def _make_recipe(cls, main, outputs, pool=100, **values):
        """A recipe that issues milk worth ``pool``.

        :param outputs: list of dict, values of ``mrp.bom.byproduct``
        """
        return cls._make_bom(main, [(cls.milk, pool)], byproducts=outputs, **values)

    @classmethod
    def _get_values(cls, order):
        """:return: value per product of what the order put out"""
        return {
            move.product_id: move.run_value
            for move in order.sudo().move_finished_ids
            if move.state == "done"
        }

    @classmethod
    def _make_operation(cls, minutes):
        return Command.create(
            {
                "name": "Separate",
                "workcenter_id": cls.workcenter.id,
                "time_cycle_manual": minutes,
            }
        )
