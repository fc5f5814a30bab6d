from contextlib import contextmanager
from contextvars import ContextVar

# not in Odoo's context: every new one makes an environment, which slows down the making
# of all others in the transaction; nor can a caller from outside set these
POSTING = ContextVar("mrp_run_posting", default=None)
FIRST_VALUATION = ContextVar("mrp_first_valuation", default=None)
LOOKUPS = ContextVar("mrp_run_lookups", default=None)


class RunPosting:
    """Collects, during one posting, the moves that belong into one entry per order.

    ``absorbed`` and ``losses`` hold, per id of an order, what its outputs had to bear
    and what was expensed; ``cache`` is for add-ons: what they keep until all is posted.
    """

    def __init__(self, env):
        self.cr = env.cr
        self.moves = env["stock.move"]
        self.absorbed = {}
        self.losses = {}
        self.cache = {}

    @classmethod
    @contextmanager
    def begun(cls, env):
        """Within it moves are collected and what is looked up is kept.

        :return: the posting
        """
        posting = cls(env)
        with _set(POSTING, posting), shared_lookups(env):
            yield posting

    @classmethod
    def of(cls, env):
        """:return: the posting under way in this transaction, or None"""
        posting = POSTING.get()
        return posting if posting and posting.cr is env.cr else None


class FirstValuation:
    """Tells moves that are valued for the first time from those that are corrected."""

    @classmethod
    @contextmanager
    def begun(cls, env):
        """Within it moves are being posted."""
        with _set(FIRST_VALUATION, env.cr):
            yield

    @classmethod
    def under_way(cls, env):
        """:return: whether moves are being posted, as opposed to corrected"""
        return FIRST_VALUATION.get() is env.cr or RunPosting.of(env) is not None


@contextmanager
def shared_lookups(env):
    """Within it ``get_lookups`` keeps what was looked up once for many orders."""
    kept = LOOKUPS.get()
    if kept and kept[0] is env.cr:
        yield
        return
    with _set(LOOKUPS, (env.cr, {})):
        yield


def get_lookups(env, key):
    """:return: dict for what is looked up under this key, empty unless it is shared"""
    kept = LOOKUPS.get()
    if kept and kept[0] is env.cr:
        return kept[1].setdefault(key, {})
    return {}


@contextmanager
def _set(variable, value):
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
