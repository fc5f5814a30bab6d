"""Which work center an operation that is being planned has by its recipe."""

from contextlib import contextmanager
from contextvars import ContextVar

_PLANNED = ContextVar("mrp_operator_skill_planned", default=None)


@contextmanager
def planning(workcenter):
    """Within it a place is sought for an operation of this work center."""
    token = _PLANNED.set(workcenter)
    try:
        yield
    finally:
        _PLANNED.reset(token)


def is_alternative(workcenter):
    """:return: whether it is looked at instead of the one of the recipe"""
    planned = _PLANNED.get()
    return (
        planned is not None
        and planned.env.cr is workcenter.env.cr
        and workcenter not in planned
    )
