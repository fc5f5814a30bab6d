from contextlib import contextmanager
from contextvars import ContextVar


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


class Phase:
    """Says what is under way in this transaction, whatever code asks.

    Not in Odoo's context: every new one makes an environment, which slows down the
    making of all others in the transaction; nor can a caller from outside set it.
    """

    def __init__(self, name):
        self._variable = ContextVar(name, default=None)

    @contextmanager
    def begun(self, env):
        """Within it the phase is under way."""
        token = self._variable.set(env.cr)
        try:
            yield
        finally:
            self._variable.reset(token)

    def is_on(self, env):
        """:return: whether the phase is under way in this transaction"""
        return self._variable.get() is env.cr


# a decision about lots is being written down
DECIDING = Mark("stock_lot_hold_deciding")
# goods are moved to where goods that may not be used belong
MOVING_HELD = Mark("stock_lot_hold_moving_held")
