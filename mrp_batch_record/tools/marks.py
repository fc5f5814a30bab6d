from odoo.addons.stock_lot_hold.tools import Phase


class Mark:
    """Says, in the context, what code of this add-on is about to do.

    It is recognised by identity. A caller from outside can not make one: whatever is
    sent over RPC is plain JSON and therefore ignored.
    """

    def __init__(self, key):
        self.key = key

    def put_on(self, records):
        """:return: the records, marked"""
        return records.with_context(**{self.key: self})

    def is_on(self, env):
        """:return: whether this environment was marked"""
        return env.context.get(self.key) is self


# an order is being completed: what happens on the way is told at its end
COMPLETING = Phase("mrp_batch_record_completing")
# the server itself writes the state of a record
DECIDING = Mark("mrp_batch_record_deciding")
