from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import request

from ..services.base import OPERATOR, SignedOut
from ..services.journal import JournalService
from ..services.label import LabelService
from ..services.run import RunService
from ..services.sign import SignService
from ..services.sign_in import SignInService
from ..services.supervisor import SupervisorService
from ..services.work import WorkService

SIGN_IN = {"start", "identify", "sign_out"}
WORK = {"list", "find"}
RUN = {"open"}
EVENTS = {"send"}
SIGN = {"list", "open", "sign"}
LABEL = {"print"}
SUPERVISOR = {
    "open",
    "order",
    "assign",
    "hand_over",
    "answer",
    "decide",
    "unblock",
    "explain",
}


class ShopFloorApi(http.Controller):
    """One route per kind of screen; every answer is an envelope."""

    @http.route("/shop_floor/api/sign_in/<string:action>", type="jsonrpc", auth="user")
    def sign_in(self, action, **params):
        return self._answer(SignInService, SIGN_IN, action, params)

    @http.route("/shop_floor/api/work/<string:action>", type="jsonrpc", auth="user")
    def work(self, action, **params):
        return self._answer(WorkService, WORK, action, params)

    @http.route("/shop_floor/api/run/<string:action>", type="jsonrpc", auth="user")
    def run(self, action, **params):
        return self._answer(RunService, RUN, action, params)

    @http.route("/shop_floor/api/events/<string:action>", type="jsonrpc", auth="user")
    def events(self, action, **params):
        return self._answer(JournalService, EVENTS, action, params)

    @http.route("/shop_floor/api/sign/<string:action>", type="jsonrpc", auth="user")
    def sign(self, action, **params):
        return self._answer(SignService, SIGN, action, params)

    @http.route("/shop_floor/api/label/<string:action>", type="jsonrpc", auth="user")
    def label(self, action, **params):
        return self._answer(LabelService, LABEL, action, params)

    @http.route(
        "/shop_floor/api/supervisor/<string:action>", type="jsonrpc", auth="user"
    )
    def supervisor(self, action, **params):
        return self._answer(SupervisorService, SUPERVISOR, action, params)

    def _answer(self, service, actions, action, params):
        if not request.env.user.has_group(OPERATOR):
            raise AccessError(
                request.env._("The shop floor is for operators. Ask an administrator.")
            )
        if action not in actions:
            raise UserError(request.env._("This version of the page is too old."))
        device, token = params.pop("device", ""), params.pop("token", None)
        try:
            with request.env.cr.savepoint():
                return getattr(service(request.env, device, token), action)(**params)
        except SignedOut as error:
            return self._refuse("sign_in", error)
        except (UserError, ValidationError) as error:
            return self._refuse(None, error)

    def _refuse(self, next_state, error):
        return {
            "next_state": next_state,
            "data": {},
            "message": {"kind": "danger", "text": str(error)},
            "popup": None,
        }
