from contextlib import contextmanager
from contextvars import ContextVar

# not in Odoo's context: a caller from outside could set it there
_DOOR = ContextVar("mrp_operator_door", default=None)


class TimeDoor:
    """How time logs are being written: by the server itself, not by a caller.

    :param str name: ``start``, ``stop``, ``typed``, ``fill`` (what nobody logged is
        filled in) or ``correct``
    :param operators: who is meant, for each id of a work order
    """

    def __init__(self, cr, name, operators=None):
        self.cr = cr
        self.name = name
        self.operators = operators or {}

    @classmethod
    @contextmanager
    def opened(cls, env, name, operators=None):
        """Within it logs are written through this door."""
        door = cls(env.cr, name, operators)
        token = _DOOR.set(door)
        try:
            yield door
        finally:
            _DOOR.reset(token)

    @classmethod
    def of(cls, env):
        """:return: the door that is open in this transaction, or None"""
        door = _DOOR.get()
        return door if door and door.cr is env.cr else None
