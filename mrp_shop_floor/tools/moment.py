from contextlib import contextmanager
from contextvars import ContextVar

# not in Odoo's context: a caller from outside could set it there
_MOMENT = ContextVar("mrp_shop_floor_moment", default=None)


class Moment:
    """When it really happened: taps of a device without network arrive later.

    Within it the server judges and writes down as of then.
    """

    def __init__(self, cr, at):
        self.cr = cr
        self.at = at

    @classmethod
    @contextmanager
    def opened(cls, env, at):
        """:param datetime at: in UTC, not in the future"""
        token = _MOMENT.set(cls(env.cr, at))
        try:
            yield
        finally:
            _MOMENT.reset(token)

    @classmethod
    def of(cls, env):
        """:return: datetime that is being applied in this transaction, or None"""
        moment = _MOMENT.get()
        return moment.at if moment and moment.cr is env.cr else None
