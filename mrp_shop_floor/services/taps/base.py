from odoo.exceptions import UserError

#: what can be tapped, by its name in events
TAPS = {}


def tap(cls):
    """Decorator: make a class known by its kind."""
    TAPS[cls.kind] = cls
    return cls


class TapRefused(UserError):
    """A tap that can not be what happened: it is refused, however late it comes."""


class Tap:
    """Something that happened on the floor, and how it is booked.

    :param workorder: ``mrp.workorder`` as superuser, in its own company
    :param operator: ``hr.employee`` as superuser
    :param datetime at: when it was tapped, by the server's clock
    :param dict payload: what the device sent about it
    """

    kind = ""
    #: stopping is always allowed
    stops = False
    #: seconds within which it can be undone; None: as long as the order is open, 0: not
    undo_seconds = 0
    #: a photo comes with it
    takes_photo = False

    def __init__(self, workorder, operator, at, payload, supervisor=False):
        self.env = workorder.env
        self.workorder = workorder
        self.operator = operator
        self.at = at
        self.payload = payload
        self.supervisor = supervisor
        #: ``ir.attachment`` of a photo that came with it
        self.attachment = self.env["ir.attachment"]
        #: what undoing it needs to know
        self.trace = {}

    def apply(self):
        """Book it.

        :return: dict for the device, maybe empty
        :raise UserError: when the rules do not allow it
        """
        raise NotImplementedError

    def revert(self, trace):
        """Take it back.

        :param dict trace: what applying it left
        """
        raise TapRefused(self.env._("This can not be undone."))

    # Reading a payload

    def _get_number(self, name):
        value = self.payload.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TapRefused(self.env._("The quantity is no number."))
        if not 0 < value < 1e12:
            raise UserError(self.env._("Enter a quantity above 0."))
        return float(value)

    def _get_note(self):
        note = self.payload.get("note")
        return note.strip()[:500] if isinstance(note, str) else ""

    def _get_reason(self, required=False):
        """:return: ``mrp.reason``, maybe none; whether it fits, the models decide"""
        reasons = self.env["mrp.reason"]
        key = self.payload.get("reason_id")
        reason = reasons.browse(key).exists() if isinstance(key, int) else reasons
        if required and not reason:
            raise UserError(self.env._("Choose a reason."))
        return reason

    def _check_open(self):
        """Is the operation to be done, and not yet?"""
        if self.workorder.production_id.state in ("draft", "cancel"):
            raise TapRefused(
                self.env._(
                    "%(order)s is not released. Ask the planner.",
                    order=self.workorder.production_id.display_name,
                )
            )
        if self.workorder.state in ("done", "cancel"):
            raise UserError(
                self.env._(
                    "%(operation)s is finished or canceled already.",
                    operation=self.workorder.display_name,
                )
            )
