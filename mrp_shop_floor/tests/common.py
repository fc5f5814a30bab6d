import time
import uuid
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.mrp_operator.tests.common import OperatorCommon

from ..services.journal import JournalService
from ..services.run import RunService
from ..services.sign_in import SignInService
from ..services.work import WorkService

MINUTE = 60 * 1000


class ShopFloorCommon(OperatorCommon):
    """Anna has a user of her own; Bert and Cora use the tablet's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna_user = cls._make_user("anna")
        cls.tablet = cls._make_user("tablet")
        cls.anna.user_id = cls.anna_user
        cls.bert.barcode = "BADGEBERT"
        cls.cora._set_operator_pin("4711")
        cls.saw.favorite_reason_ids = cls.stop_reason | cls.scrap_reason
        cls.device = str(uuid.uuid4())
        cls.sequence = 0

    @classmethod
    def _make_user(cls, login, group="operator", company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"floor-{login}",
            groups=f"base.group_user,mrp_operator.mrp_operator_group_{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _serve(self, service, user, token=None, device=None):
        env = self.env(user=user, su=False, context={})
        return service(env, device or self.device, token)

    def _start_page(self, user=None, **kw):
        answer = self._serve(SignInService, user or self.anna_user, **kw).start()
        return answer["data"]["signed_in"]

    def _sign_in(self, user=None):
        """:return: token of the user's own operator"""
        token = self._start_page(user)[0]["token"]
        self._sign_in_earlier()
        return token

    def _sign_in_earlier(self):
        """They signed in when the shift began."""
        for sign_in in self.env["mrp.shop.floor.sign.in"].search([]):
            sign_in.date_start = fields.Datetime.now() - timedelta(hours=8)

    def _identify(self, user=None, **params):
        if not self._registry_patched:
            # tries are counted in transactions of their own
            self.env.flush_all()
            self.registry_enter_test_mode()
        service = self._serve(SignInService, user or self.tablet)
        answer = service.identify(**params)
        self._sign_in_earlier()
        return answer

    def _now(self):
        return int(time.time() * 1000)

    def _event(self, kind, token, workorder=None, payload=None, minutes=0, **values):
        """:param minutes: how long ago it was tapped"""
        type(self).sequence += 1
        return {
            "uuid": str(uuid.uuid4()),
            "sequence": self.sequence,
            "kind": kind,
            "token": token,
            "workorder_id": (workorder or self.cut).id,
            "payload": payload or {},
            "device_date": self._now() - int(minutes * MINUTE),
            **values,
        }

    def _send(self, *events, user=None, device=None, device_now=None):
        """:return: list of dicts, what the server says about each"""
        service = self._serve(JournalService, user or self.anna_user, device=device)
        device_now = self._now() if device_now is None else device_now
        answer = service.send(list(events), device_now)
        self.env.invalidate_all()
        return answer["data"]["results"]

    def _tap(self, kind, token, workorder=None, payload=None, minutes=0, **kw):
        user = kw.pop("user", None)
        event = self._event(kind, token, workorder, payload, minutes, **kw)
        return self._send(event, user=user)[0]

    def _find(self, uuid_or_result):
        name = uuid_or_result
        if isinstance(uuid_or_result, dict):
            name = uuid_or_result["uuid"]
        return self.env["mrp.shop.floor.event"].search([("uuid", "=", name)])

    def _get_work(self, token, user=None, **params):
        return self._serve(WorkService, user or self.anna_user, token).list(**params)

    def _get_run(self, token, workorder=None, user=None):
        service = self._serve(RunService, user or self.anna_user, token)
        return service.open((workorder or self.cut).id)

    def assertState(self, result, state, message=None):
        self.assertEqual(result["state"], state, result["message"])
        if message:
            self.assertRegex(result["message"], message)

    def assertAgo(self, moment, minutes):
        seconds = (fields.Datetime.now() - moment).total_seconds()
        self.assertAlmostEqual(seconds / 60, minutes, delta=0.2)
