from odoo import fields
from odoo.exceptions import UserError

from ..models.mrp_shop_floor_event import DONE
from . import labels
from .journal import UUID, JournalService

MOST = 100
MOST_SHOWN = 30


class SignService(JournalService):
    """Signatures of the batch record, given on the phone.

    The proof, badge and PIN or a password, goes to the record's own method and is kept
    nowhere: not on the device, not in the journal. The tap's UUID makes that a
    signature that is sent twice is one.
    """

    def list(self):
        """What was worked on and waits for a signature."""
        operator = self._enter()
        rows = [
            self._describe(workorder, signatures)
            for workorder, signatures in self._get_pending(operator).items()
        ]
        return self._answer(data={"rows": rows})

    def open(self, workorder_id):
        """What an operation asks for, and who signed."""
        operator = self._enter()
        workorder = self._find_step(workorder_id, operator)
        signatures = workorder._get_signatures().get(workorder)
        if not signatures:
            raise UserError(
                self.env._(
                    "No record is kept of %(order)s: there is nothing to sign.",
                    order=workorder.production_id.name,
                )
            )
        meanings = self.env["mrp.batch.record"]._get_meanings()
        return self._answer(
            data={
                "step": self._describe(workorder, signatures)
                | {
                    # a bare operator's password proves nothing to the record
                    "password": self.env["mrp.batch.record"].has_access("read"),
                    "meanings": [
                        {"key": key, "name": name} for key, name in meanings.items()
                    ],
                }
            }
        )

    def sign(self, workorder_id, meaning, proof, uuid="", remark="", device_time=None):
        """Sign a step.

        :param str meaning: performed, or that of a second person
        :param dict proof: as the record asks for it
        """
        operator = self._enter()
        workorder = self._find_step(workorder_id, operator)
        if not isinstance(uuid, str) or not UUID.fullmatch(uuid):
            raise UserError(
                self.env._("A tap without a name of its own can not be booked.")
            )
        event = self._claim_signature(uuid, workorder, meaning)
        if event:
            signed = self._sign(workorder, meaning, proof, remark, device_time)
            event.write(
                {
                    "state": DONE,
                    "date": fields.Datetime.now(),
                    "operator_id": operator.id,
                    "company_id": operator.company_id.id,
                    "workorder_id": workorder.id,
                    "result": {"signed": signed["entry"]},
                }
            )
        answer = self.open(workorder.id)
        return answer | {"message": {"kind": "success", "text": self.env._("Signed.")}}

    def _enter(self):
        operator = self._get_sign_in().operator_id
        self._as_operator(operator)
        return operator

    def _claim_signature(self, uuid, workorder, meaning):
        """:return: the tap; none when the signature was given under this name"""
        event = {
            "uuid": uuid,
            "kind": "sign",
            "token": self.token,
            "workorder_id": workorder.id,
            # the proof is no part of it
            "payload": {"meaning": str(meaning)[:20]},
        }
        digest = self._get_digest(event)
        claimed = self._claim(event, digest, fields.Datetime.now())
        if not claimed and self._get_known(uuid, digest)["state"] != DONE:
            raise UserError(
                self.env._(
                    "Another tap was received under this name. Nothing was changed."
                )
            )
        return claimed

    def _sign(self, workorder, meaning, proof, remark, device_time):
        # sudo: operators have no rights on records; that the step is one of theirs was
        # looked up with their own, and who signs is proved each time
        record = workorder.sudo().production_id.batch_record_id
        if not record:
            raise UserError(
                self.env._(
                    "No record is kept of %(order)s: there is nothing to sign.",
                    order=workorder.production_id.name,
                )
            )
        return record._sign(
            meaning,
            proof if isinstance(proof, dict) else {},
            workorder=workorder,
            remark=remark.strip()[:500] if isinstance(remark, str) else None,
            device_time=device_time,
        )

    def _search_steps(self, operator, domain, limit=None):
        """Operations of open orders, done ones too: steps are signed afterwards.

        :return: ``mrp.workorder``, as superuser
        """
        workorders = self.env["mrp.workorder"].search(
            [
                ("company_id", "=", operator.company_id.id),
                ("state", "!=", "cancel"),
                ("production_id.state", "in", ("confirmed", "progress", "to_close")),
                *domain,
            ],
            order="date_start, production_id, sequence, id",
            limit=limit,
        )
        # sudo: operators have no rights of manufacturing; the user's own search found
        # these
        return workorders.sudo()

    def _find_step(self, workorder_id, operator):
        key = workorder_id if self._is_int(workorder_id) else 0
        workorder = self._search_steps(operator, [("id", "=", key)])
        if not workorder:
            raise UserError(
                self.env._(
                    "This operation is closed, or not one of yours: what is missing is "
                    "signed on its batch record."
                )
            )
        return workorder

    def _get_pending(self, operator):
        """:return: dict from operations that wait for a signature to what is told of
        them
        """
        worked = self._search_steps(
            operator, [("state", "in", ("progress", "done"))], MOST
        )
        found = worked._get_signatures()
        waiting = {wo: told for wo, told in found.items() if told["pending"]}
        return dict(list(waiting.items())[:MOST_SHOWN])

    @staticmethod
    def _describe(workorder, signatures):
        order = workorder.production_id
        return {
            "id": workorder.id,
            "name": workorder.name,
            "order": order.name,
            "product": order.product_id.display_name,
            "lot": ", ".join(order.lot_producing_ids.mapped("name")),
            "finished": labels.moment(
                workorder.state == "done" and workorder.date_finished
            ),
            **signatures,
        }
