import hashlib
import json
import logging
import re
from datetime import datetime, timedelta, timezone

from psycopg2 import OperationalError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.misc import clean_context

from odoo.addons.mrp_reason_code.tools import as_server

from ..models.mrp_shop_floor_event import DONE, EXCEPTION, REFUSED
from ..tools import Moment
from . import labels
from .base import SUPERVISOR, Service
from .photo import attach, find_photo, find_photo_problem
from .taps import TAPS, TapRefused

_logger = logging.getLogger(__name__)

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_EVENTS = 50
MOST_BYTES = 20000
#: what the operator is told before he goes on need not be kept
AT_ONCE = timedelta(seconds=60)


class JournalService(Service):
    """Taps, in the order they were made, each exactly once.

    sequence: device -> claim (unique UUID) -> judge as of the tap -> apply or keep

    - ``done``: booked
    - ``refused``: not booked, and the operator is told at once: nothing happened
    - ``exception``: it happened on the floor already, but can not be booked: a
      supervisor settles it
    """

    def send(self, events=(), device_now=None):
        """The device sends what was tapped.

        :param list events: dicts with ``uuid``, ``sequence``, ``kind``, ``token``,
            ``workorder_id``, ``payload`` and ``device_date`` in milliseconds
        :param device_now: what time it is by the clock of the device, in milliseconds
        """
        now = fields.Datetime.now()
        drift = self._get_drift(now, device_now)
        results = [
            self._receive(event, now, drift)
            for event in sorted(
                (e for e in list(events or ())[:MOST_EVENTS] if isinstance(e, dict)),
                key=lambda e: (
                    e.get("sequence") if self._is_int(e.get("sequence")) else 0
                ),
            )
        ]
        return self._answer(
            data={"results": results, "now": labels.moment(fields.Datetime.now())}
        )

    @staticmethod
    def _is_int(value):
        return isinstance(value, int) and not isinstance(value, bool)

    def _read_moment(self, value):
        """:return: datetime of milliseconds, None when they are none"""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        try:
            moment = datetime.fromtimestamp(value / 1000, tz=timezone.utc)
        except (OverflowError, OSError, ValueError):
            return None
        return moment.replace(tzinfo=None, microsecond=0)

    def _get_drift(self, now, device_now):
        """:return: timedelta to add to the clock of the device; None: not known"""
        device_now = self._read_moment(device_now)
        return now - device_now if device_now else None

    def _receive(self, event, now, drift):
        """:return: dict for the device about one event"""
        uuid = event.get("uuid")
        problem = self._find_malformation(event)
        if problem:
            return {"uuid": uuid, "state": REFUSED, "message": problem, "result": {}}
        digest = self._get_digest(event)
        record = self._claim(event, digest, now)
        if not record:
            return self._get_known(uuid, digest)
        photo = attach(record, event)
        vals = self._judge(record, event, now, drift)
        record.write(vals)
        if vals["state"] == REFUSED:
            photo.unlink()
        return self._tell(record)

    def _find_malformation(self, event):
        """:return: str when there is no sense in keeping it"""
        uuid = event.get("uuid")
        if not isinstance(uuid, str) or not UUID.fullmatch(uuid):
            return self.env._("A tap without a name of its own can not be booked.")
        try:
            told = {key: value for key, value in event.items() if key != "photo"}
            size = len(json.dumps(told, allow_nan=False))
        except ValueError:
            return self.env._("The quantity is no number.")
        if size > MOST_BYTES:
            return self.env._("This is too much for one tap.")
        if event.get("kind") not in TAPS or not isinstance(event.get("payload"), dict):
            return self.env._("This version of the page is too old. Reload it.")
        return find_photo_problem(self.env, event)

    def _get_digest(self, event):
        told = {
            key: event.get(key)
            for key in ("kind", "payload", "workorder_id", "device_date", "token")
        }
        if event.get("photo"):
            told["photo"] = hashlib.sha256(event["photo"].encode()).hexdigest()
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def _claim(self, event, digest, now):
        """Make the event ours: of two that send it, the second waits and finds it.

        :return: ``mrp.shop.floor.event``, written by the server; none when it is known
        """
        sequence = event.get("sequence")
        self.env["mrp.shop.floor.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO mrp_shop_floor_event
                       (uuid, device, kind, digest, sequence, company_id, user_id,
                        received_date, payload, create_uid, write_uid,
                        create_date, write_date)
                VALUES (%(uuid)s, %(device)s, %(kind)s, %(digest)s, %(sequence)s,
                        %(company)s, %(uid)s, %(now)s, %(payload)s, %(uid)s, %(uid)s,
                        %(now)s, %(now)s)
                ON CONFLICT (uuid) DO NOTHING
                RETURNING id
                """,
                uuid=event["uuid"],
                device=str(self.device)[:36],
                kind=event["kind"],
                digest=digest,
                sequence=sequence
                if self._is_int(sequence) and abs(sequence) < 2**31
                else 0,
                company=self.env.company.id,
                uid=self.env.uid,
                now=now,
                payload=json.dumps(event["payload"]),
            )
        )
        # sudo: taps are written by the server alone
        events = as_server(self.env["mrp.shop.floor.event"].sudo())
        return events.browse(row[0] for row in rows)

    def _get_known(self, uuid, digest):
        """:return: dict about an event that was received before"""
        # sudo: operators see no events; this one is the device's own
        known = self.env["mrp.shop.floor.event"].sudo().search([("uuid", "=", uuid)])
        if known.digest != digest or known.user_id != self.env.user:
            return {
                "uuid": uuid,
                "state": REFUSED,
                "message": self.env._(
                    "Another tap was received under this name. Nothing was changed."
                ),
                "result": {},
            }
        return self._tell(known)

    def _tell(self, record):
        return {
            "uuid": record.uuid,
            "state": record.state,
            "message": record.message or "",
            "result": record.result or {},
        }

    # Judging

    def _judge(self, record, event, now, drift):
        """:return: values of the event that is received"""
        tapped = self._read_moment(event.get("device_date"))
        at = self._get_time(tapped, now, drift)
        sign_in = self.env["mrp.shop.floor.sign.in"]._find(
            event.get("token"), self.device
        )
        stops = TAPS[event["kind"]].stops
        vals = {
            "device_date": tapped,
            "date": at,
            "drift": min(max(drift.total_seconds(), -(2**31)), 2**31 - 1)
            if drift is not None
            else 0,
            "state": REFUSED,
        }
        signed_in = sign_in._is_valid(at) or (sign_in and stops)
        if not signed_in:
            return vals | {
                "message": self.env._(
                    "The operator was not signed in on this device when it was tapped."
                )
            }
        operator = sign_in.operator_id
        vals |= {"operator_id": operator.id, "company_id": operator.company_id.id}
        self._as_operator(operator)
        workorder = self._find_workorder(event, operator)
        if not workorder:
            return vals | {
                "message": self.env._("There is no such operation for this operator.")
            }
        vals["workorder_id"] = workorder.id
        wrong_clock = self._find_wrong_clock(operator.company_id, tapped, now, drift)
        fresh = drift is not None and now - at < AT_ONCE
        if wrong_clock and stops and fresh:
            # stopping is always allowed: it counts from when it was received
            wrong_clock, at = None, now
            vals["date"] = now
        if wrong_clock:
            return vals | {"state": EXCEPTION, "message": wrong_clock}
        return vals | self._apply(record, workorder, operator, at, now, event, sign_in)

    def _get_time(self, tapped, now, drift):
        """:return: datetime of the tap by the clock of the server"""
        if not tapped or drift is None:
            return now
        return min(tapped + drift, now)

    def _find_wrong_clock(self, company, tapped, now, drift):
        """:return: str when the time of the tap can not be believed"""
        if tapped is None or drift is None:
            return self.env._("The device did not say when it was tapped.")
        limit = timedelta(minutes=company.shop_floor_drift_limit)
        if abs(drift) > limit or tapped + drift > now + limit:
            return self.env._(
                "The clock of the device is wrong by %(minutes)s minutes. Set it "
                "right; a supervisor settles this tap.",
                minutes=round(
                    max(abs(drift), tapped + drift - now).total_seconds() / 60
                ),
            )
        age = timedelta(hours=company.shop_floor_age_limit)
        if now - (tapped + drift) > age:
            return self.env._(
                "The tap is older than %(hours)s hours. A supervisor settles it.",
                hours=company.shop_floor_age_limit,
            )
        return None

    def _find_workorder(self, event, operator):
        """:return: the operation as superuser, also when it is finished meanwhile"""
        key = event.get("workorder_id")
        # sudo: operators see what is released; what was closed since they tapped is
        # told apart from what never was theirs by the company
        workorder = (
            self.env["mrp.workorder"]
            .sudo()
            .search(
                [
                    ("id", "=", key if self._is_int(key) else 0),
                    ("company_id", "=", operator.company_id.id),
                ]
            )
        )
        return workorder if workorder.company_id in self.env.user.company_ids else None

    def _apply(self, record, workorder, operator, at, now, event, sign_in):
        supervisor = operator.user_id == self.env.user and self.env.user.has_group(
            SUPERVISOR
        )
        tap = TAPS[event["kind"]](workorder, operator, at, event["payload"], supervisor)
        if tap.takes_photo:
            tap.attachment = find_photo(record)
        try:
            with self.env.cr.savepoint(), Moment.opened(self.env, at):
                result = tap.apply()
                self.env.flush_all()
        except OperationalError:
            # two at once: the whole request is tried again
            raise
        except TapRefused as error:
            return {"state": REFUSED, "message": str(error)}
        except (UserError, ValidationError, AccessError) as error:
            self.env.invalidate_all()
            late = now - at > AT_ONCE
            return {"state": EXCEPTION if late else REFUSED, "message": str(error)}
        except Exception:
            # a defect must neither lose the tap nor hold up those behind it
            _logger.exception("Tap %s could not be applied", record.uuid)
            self.env.invalidate_all()
            return {
                "state": EXCEPTION,
                "message": self.env._(
                    "This could not be booked. A supervisor settles it."
                ),
            }
        return {"state": DONE, "result": result, "trace": tap.trace, "message": False}

    def retry(self, event):
        """Apply an exception after all, as of then.

        :raise UserError: when the rules still do not allow it
        """
        # sudo: supervisors have no rights of manufacturing; who may settle is checked
        # before
        env = self.env(
            su=True,
            context={
                **clean_context(self.env.context),
                "allowed_company_ids": event.company_id.ids,
            },
        )
        event = event.with_env(env)
        if not event.workorder_id or not event.operator_id:
            raise UserError(
                self.env._("Nothing is known to apply. Settle it with a note.")
            )
        tap = TAPS[event.kind](
            event.workorder_id, event.operator_id, event.date, event.payload, True
        )
        if tap.takes_photo:
            tap.attachment = find_photo(event)
        with Moment.opened(env, event.date):
            result = tap.apply()
        as_server(event).write({"result": result, "trace": tap.trace})
