from odoo import models


class JobWorkOrderLine(models.Model):
    """What a line should cost, by its bill of materials and operations."""

    _inherit = "job.work.order.line"

    def _get_estimate(self, method=None):
        """What the customer is expected to pay, before anything is made.

        :param str method: pricing method, by default that of the line
        :return: dict from element to amount in company currency
        """
        self.ensure_one()
        cost = self._get_estimated_cost()
        if (method or self.pricing_method) != "time":
            return self._price_cost(cost)
        # sudo: who offers a price need not see cost
        elements = self.env["mrp.cost.element"].sudo()
        material = elements._get("material")
        prices = self._price_cost({material: cost[material]})
        prices[elements._get("labour")] = self._get_estimated_hours_price()
        return prices

    def _get_estimated_cost(self):
        """:return: dict from element to amount in company currency"""
        self.ensure_one()
        # sudo: whoever quotes need not see cost; he sees the price made of it
        line = self.sudo().with_company(self.company_id)
        elements = self.env["mrp.cost.element"].sudo()
        cost = {elements._get("material"): line._get_estimated_material()}
        for operation, hours in line._get_estimated_operations():
            workcenter = operation.workcenter_id
            amount = hours * workcenter.costs_hour
            for code, added in (
                (workcenter.hour_cost_element, amount),
                ("overhead", operation.cost - amount),
            ):
                if added:
                    element = elements._get(code)
                    cost[element] = cost.get(element, 0.0) + added
        return cost

    def _get_estimated_material(self):
        bom = self.bom_id
        if not bom:
            quantity = self.product_uom_id._compute_quantity(
                self.quantity, self.product_id.uom_id, round=False
            )
            return self.product_id.standard_price * quantity
        times = self._get_quantity_of_bom() / bom.product_qty
        _boms, parts = bom.explode(self.product_id, times)
        return sum(
            part.product_id.uom_id._compute_price(
                part.product_id.standard_price, part.product_uom_id
            )
            * data["qty"]
            for part, data in parts
        )

    def _get_quantity_of_bom(self):
        return self.product_uom_id._compute_quantity(
            self.quantity, self.bom_id.product_uom_id, round=False
        )

    def _get_estimated_operations(self):
        """:return: list of ``(operation, hours)`` for the quantity of the line"""
        bom = self.bom_id
        operations = bom.operation_ids.with_context(
            product=self.product_id,
            quantity=self._get_quantity_of_bom() if bom else 0.0,
            unit=bom.product_uom_id,
        )
        return [
            (operation, operation.time_total / 60)
            for operation in operations
            if not operation._skip_operation_line(self.product_id)
        ]

    def _get_estimated_hours_price(self):
        """:return: hours of the operations at the sales rates of their work centers"""
        rates = self.env["job.labor.rate"]
        table = rates._get_table(self.company_id)
        nobody = self.env["hr.employee"]
        # sudo: whoever quotes need not see operations
        return sum(
            hours * rates._pick(table, nobody, operation.workcenter_id)
            for operation, hours in self.sudo()._get_estimated_operations()
        )

    def _price_cost(self, cost):
        """:param dict cost: cost per element, in company currency
        :return: dict from element to price
        """
        # sudo: planners need not read sales orders
        pricelist = self.sudo().sale_line_id.order_id.pricelist_id
        factors = self.env["job.markup"]._get_factors(self.company_id, pricelist)
        return {
            element: amount * factors.get(element, 1.0)
            for element, amount in cost.items()
        }
