from freezegun import freeze_time

from .common import OperatorCommon, at


class TestQueries(OperatorCommon):
    """What operators cost where they are tracked, over an order without them."""

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _make_orders(self, count, configured):
        self.company.mrp_operator_tracking = configured
        self.company.mrp_labor_cost = configured
        orders = self.env["mrp.production"].create(
            [self._prepare_order(self.bom, 10) for _number in range(count)]
        )
        orders.action_confirm()
        if configured:
            orders.workorder_ids.operator_ids = self.anna
        return orders

    def _get_extra(self, count, function):
        """:return: statements per order that operators add"""
        figures = {}
        for configured in (False, True):
            # what is asked for once and kept is asked for before
            function(self._make_orders(1, configured))
            orders = self._make_orders(count, configured)
            figures[configured] = self._count(lambda orders=orders: function(orders))
        return (figures[True] - figures[False]) / count

    def test_completion(self):
        self.assertLessEqual(self._get_extra(1, self._complete), 20)
        self.assertLessEqual(self._get_extra(20, self._complete), 6)

    def test_clocks(self):
        def work(orders):
            with freeze_time(at(8)):
                orders.workorder_ids.button_start()
            with freeze_time(at(9)):
                orders.workorder_ids.button_finish()

        self.assertLessEqual(self._get_extra(1, work), 30)
