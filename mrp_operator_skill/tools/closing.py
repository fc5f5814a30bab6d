"""Whether clocks are being stopped together: who leaves is judged once, for all."""

from contextlib import contextmanager
from contextvars import ContextVar

# not in Odoo's context: a caller from outside could set it there, and whoever stops a
# clock would pay for the environments it makes
_CLOSING = ContextVar("mrp_operator_skill_closing", default=None)


@contextmanager
def closing(env):
    """Within it clocks are stopped of people who were judged already."""
    token = _CLOSING.set(env.cr)
    try:
        yield
    finally:
        _CLOSING.reset(token)


def is_closing(env):
    """:return: whether that is so in this transaction"""
    return _CLOSING.get() is env.cr
