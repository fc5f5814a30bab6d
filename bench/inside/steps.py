"""The life of the reference orders, step by step."""

QUANTITY = 4
NAMES = ("create", "confirm", "assign", "done")


class Orders:
    """Some orders of one recipe that go through the steps together."""

    def __init__(self, env, bom, count):
        self._env = env
        self._count = count
        self._values = {
            "bom_id": bom.id,
            "product_id": bom.product_tmpl_id.product_variant_id.id,
            "product_qty": QUANTITY,
        }
        self._ids = []

    def step(self, name):
        """Take the orders one step further."""
        getattr(self, f"_{name}")()

    def all(self):
        """Return the orders."""
        return self._env["mrp.production"].browse(self._ids)

    def check(self):
        """Raise unless the orders went where the reference goes."""
        for order in self.all():
            outputs = order.move_finished_ids
            complete = (
                order.state == "done"
                and order.lot_producing_ids
                and set(order.workorder_ids.mapped("state")) == {"done"}
                and set((order.move_raw_ids | outputs).mapped("state")) == {"done"}
                and len(outputs) == 2
            )
            if not complete:
                raise RuntimeError(f"{order.name} is not completed as planned")

    def _create(self):
        values = [dict(self._values) for _number in range(self._count)]
        self._ids = self._env["mrp.production"].create(values).ids

    def _confirm(self):
        self.all().action_confirm()

    def _assign(self):
        self.all().action_assign()

    def _done(self):
        result = self.all().button_mark_done()
        if result is not True:
            raise RuntimeError(f"Completing the orders asks something: {result}")
