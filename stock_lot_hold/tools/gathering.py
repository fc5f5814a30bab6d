from contextlib import contextmanager
from contextvars import ContextVar

# not in Odoo's context: every new one makes an environment, which slows down the making
# of all others in the transaction; nor can a caller from outside set it
_GATHERED = ContextVar("stock_lot_hold_gathered", default=None)


@contextmanager
def gathering_once(env):
    """Within it goods that were found once are not looked for again.

    Odoo looks four times for the goods of one move, and again for each further move
    of the same product, though reserving changes amounts, not where goods are.
    """
    if get_gathered(env) is not None:
        yield
        return
    token = _GATHERED.set((env.cr, {}))
    try:
        yield
    finally:
        _GATHERED.reset(token)


def get_gathered(env):
    """:return: dict of what was found in this transaction, None when nothing is kept"""
    kept = _GATHERED.get()
    return kept[1] if kept and kept[0] is env.cr else None


def forget_gathered(env):
    """Look again: there are other goods, or goods of another kind, than before."""
    if gathered := get_gathered(env):
        gathered.clear()
