from .run_entry import ProductionEntry


class LateCostEntry(ProductionEntry):
    """What changes in the books when the cost of a completed run is shared again.

    :param late_costs: dict from cost line to what it changed by
    :param outputs: dict from output to ``(change, sold)``, see ``_revalue_outputs``
    :param float loss: what the abnormal loss changed by
    """

    def __init__(self, order, late_costs, outputs, loss):
        account = order.production_location_id.valuation_account_id
        super().__init__(order, account, order.env["stock.move"])
        self.late_costs = late_costs
        self.outputs = outputs
        self.loss = loss

    def _get_reference(self):
        return self.order.env._(
            "%(order)s - Cost allocated again", order=self.order.name
        )

    def _book_order(self):
        for line, cost in self.late_costs.items():
            cost = self.units.from_amount(cost)
            account = self.order._get_absorption_account(line)
            if account:
                self.balance += cost
                self._add(account, line.name, cost, line.product_id)
            else:
                self._book_product(line.move_id, cost)
        for move, (change, sold) in self.outputs.items():
            change = self.units.from_amount(change)
            sold = self.units.from_amount(sold)
            product = move.product_id
            account = product._get_product_accounts()["expense"]
            if product.is_storable and product.valuation != "real_time":
                # the next closing books all of it
                sold = 0
            if sold and account:
                name = self.order.env._("%s, sold", product.display_name)
                self._add(account, name, -sold, product)
                self.balance -= sold
            self._book_product(move, sold - change)
        loss = self.units.from_amount(self.loss)
        account = self.order._get_abnormal_loss_account()
        if loss and account:
            self._add(account, self.order.env._("Abnormal loss"), -loss)
            self.balance -= loss
        material = self.order.env["mrp.cost.element"]._get("material")
        account = self.order._get_variance_account(material)
        if self.balance and account:
            self._add(account, self.order.env._("Variance"), -self.balance)

    def _book_product(self, move, cost):
        """Move ``cost`` from the stock of a product to production, or back."""
        product = move.product_id
        accounts = product._get_product_accounts()
        self.balance += cost
        if cost and (not product.is_storable or product.valuation == "real_time"):
            kind = "stock_valuation" if product.is_storable else "expense"
            if accounts[kind]:
                self._add(accounts[kind], product.display_name, cost, product)
