from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

OPERATOR = "mrp_operator.mrp_operator_group_operator"
SUPERVISOR = "mrp_operator.mrp_operator_group_supervisor"
OPEN_ORDERS = ("confirmed", "progress", "to_close")
OPEN_OPERATIONS = ("blocked", "ready", "progress")


class SignedOut(UserError):
    """Nobody is signed in any more for whom this could be done."""


class Service:
    """What one kind of screen asks of the server.

    A plain class: it reads requests, asks the models, which hold the rules, and answers
    with envelopes. ``next_state`` is the screen that comes next, ``data`` what it
    shows, ``message`` a sentence with its kind, ``popup`` a question.

    :param env: of the session's user, with his rights
    :param str device: the device's own name
    :param str token: which operator acts, see ``mrp.shop.floor.sign.in``
    """

    def __init__(self, env, device="", token=None):
        # no key of a caller's context decides anything here
        self.env = env(context=clean_context(env.context))
        self.device = device
        self.token = token

    def _answer(self, next_state=None, data=None, message=None, popup=None):
        return {
            "next_state": next_state,
            "data": data or {},
            "message": message,
            "popup": popup,
        }

    def _get_sign_in(self):
        """:return: the sign-in of whoever acts
        :raise SignedOut: when there is none
        """
        sign_in = self.env["mrp.shop.floor.sign.in"]._find(self.token, self.device)
        if not sign_in._is_valid():
            raise SignedOut(
                self.env._("You are signed out. Sign in again; nothing is lost.")
            )
        return sign_in

    def _as_operator(self, operator):
        """Speak the language of the operator and work in his company."""
        known = dict(self.env["res.lang"].get_installed())
        lang = operator.lang if operator.lang in known else self.env.user.lang
        self.env = self.env(
            context={
                **self.env.context,
                "lang": lang,
                "allowed_company_ids": operator.company_id.ids,
            }
        )

    def _get_workorders(self, operator, domain=(), limit=None):
        """Operations that both the session's user and the operator may see.

        :return: ``mrp.workorder``, as superuser
        """
        return self._get_workorders_of(operator.company_id, domain, limit)

    def _get_workorders_of(self, company, domain=(), limit=None):
        """Operations of a company that the session's user may see, what is done first
        first: as a supervisor put them in order, then as planned.

        :return: ``mrp.workorder``, as superuser
        """
        workorders = self.env["mrp.workorder"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", OPEN_OPERATIONS),
                ("production_id.state", "in", OPEN_ORDERS),
                *domain,
            ],
            order="shop_floor_rank, date_start, production_id, sequence, id",
            limit=limit,
        )
        # sudo: operators have no rights of manufacturing; the user's own search found
        # these, and what is told of them are the fields named here
        return workorders.sudo()
