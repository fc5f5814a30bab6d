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


# a decision about lots is being written down
DECIDING = Mark("stock_lot_hold_deciding")
# goods are moved to where goods that may not be used belong
MOVING_HELD = Mark("stock_lot_hold_moving_held")
