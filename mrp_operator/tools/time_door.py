from contextlib import contextmanager
from contextvars import ContextVar

# not in Odoo's context: a caller from outside could set it there
_DOOR = ContextVar("mrp_operator_time_door", default=None)

START = "start"
STOP = "stop"
PAUSE = "pause"
TYPED = "typed"
FILL = "fill"
SHARE = "share"
CORRECT = "correct"
COPY = "copy"
ESTIMATES = (TYPED, FILL)


class TimeDoor:
    """Tells how the server itself writes time logs, as opposed to a caller.

    - ``start``, ``stop``: clocks
    - ``pause``: everybody stopped already
    - ``typed``: somebody typed the duration of an operation
    - ``fill``: what nobody logged is filled in when the work is closed
    - ``share``: seconds and cost that follow from the clocks
    - ``correct``: a supervisor's correction, or what Odoo itself takes back
    - ``copy``: who was planned stays planned, for what is left of an order

    :param str name: one of them
    :param dict operators: who is meant, by id of the work order
    """

    def __init__(self, env, name, operators=None):
        self.cr = env.cr
        self.name = name
        self.operators = operators or {}
        self.logs = env["mrp.workcenter.productivity"]

    @classmethod
    @contextmanager
    def opened(cls, env, name, operators=None):
        """Within it logs are written through this door.

        :return: the door; its ``logs`` are those created through it
        """
        door = cls(env, name, operators)
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

    @classmethod
    def name_of(cls, env):
        """:return: name of the door that is open in this transaction, or None"""
        door = cls.of(env)
        return door and door.name
