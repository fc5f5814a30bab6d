from odoo.exceptions import UserError


class QualificationError(UserError):
    """Somebody may not do this work: says why, and what to do about it.

    :param str message: what people read
    :param dict request: values of the override that would let them pass
    """

    def __init__(self, message, request=None):
        super().__init__(message)
        self.context = {"override": request or {}}
