from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mrp_reason_code.tools import as_server, is_server

SUPERVISOR = "mrp_operator.mrp_operator_group_supervisor"
DONE = "done"
REFUSED = "refused"
EXCEPTION = "exception"


class MrpShopFloorEvent(models.Model):
    """A tap on a phone, and what the server made of it.

    Events are added and settled, never changed or deleted. The device's UUID is
    unique: what is sent twice happens once.
    """

    _name = "mrp.shop.floor.event"
    _description = "Tap on the Shop Floor"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char(string="UUID", required=True, readonly=True)
    sequence = fields.Integer(readonly=True, help="Order of the taps on the device.")
    device = fields.Char(required=True, readonly=True, index=True)
    kind = fields.Char(string="Tap", required=True, readonly=True)
    payload = fields.Json(readonly=True)
    digest = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Session Of", required=True, readonly=True
    )
    operator_id = fields.Many2one(
        "hr.employee", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    device_date = fields.Datetime(
        string="Tapped (Device)", readonly=True, help="By the clock of the device."
    )
    date = fields.Datetime(
        string="Tapped",
        readonly=True,
        help="By the clock of the server: the clock of the device, corrected.",
    )
    received_date = fields.Datetime(string="Received", required=True, readonly=True)
    drift = fields.Integer(
        string="Clock Difference (s)",
        readonly=True,
        help="How far the clock of the device was behind that of the server.",
    )
    state = fields.Selection(
        [
            (DONE, "Applied"),
            (REFUSED, "Refused"),
            (EXCEPTION, "Exception"),
        ],
        readonly=True,
        index=True,
        help="Refused: nothing happened, the operator was told at once. Exception: it "
        "happened on the floor, but the rules did not allow to book it; a supervisor "
        "settles it.",
    )
    message = fields.Char(readonly=True)
    result = fields.Json(readonly=True)
    trace = fields.Json(readonly=True, help="What undoing it needs to know.")
    is_open = fields.Boolean(string="To Settle", compute="_compute_is_open", store=True)
    settled_user_id = fields.Many2one("res.users", string="Settled By", readonly=True)
    settled_date = fields.Datetime(readonly=True)
    settled_note = fields.Char(readonly=True)

    photo = fields.Image(
        compute="_compute_photo",
        help="A photo that could not be added to its order and waits here.",
    )

    _uuid_uniq = models.UniqueIndex("(uuid)", "This tap was received already.")

    @api.depends("state", "settled_date")
    def _compute_is_open(self):
        for event in self:
            event.is_open = event.state == EXCEPTION and not event.settled_date

    def _compute_photo(self):
        # sudo: whoever may read the tap may see what came with it
        attachments = self.env["ir.attachment"].sudo()
        photos = attachments.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).grouped("res_id")
        for event in self:
            content = photos.get(event.id, attachments)[:1].raw
            event.photo = b64encode(content) if content else False

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        self._check_server()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Taps are part of the record of the shop floor and are kept.")
        )

    def _check_server(self):
        if not is_server(self):
            raise UserError(
                self.env._(
                    "Taps are recorded as they came. Settle an exception instead of "
                    "changing it."
                )
            )

    def _check_may_settle(self):
        if not self.env.user.has_group(SUPERVISOR):
            raise AccessError(
                self.env._("Supervisors settle what the shop floor left open.")
            )
        self.check_access("read")
        for event in self:
            if not event.is_open:
                raise UserError(
                    self.env._("%(event)s is settled already.", event=event.uuid)
                )

    def _settle(self, note):
        """Say what was done about exceptions.

        :param str note: required
        """
        self._check_may_settle()
        if not (note or "").strip():
            raise UserError(self.env._("Say what was done about it."))
        # sudo: events are written by the server alone
        as_server(self.sudo()).write(
            {
                "settled_user_id": self.env.uid,
                "settled_date": fields.Datetime.now(),
                "settled_note": note,
            }
        )

    def action_retry(self):
        """Apply it after all, as of then: what stood in the way is cleared."""
        self._check_may_settle()
        # here, as the services import the models' constants
        from ..services.journal import JournalService  # noqa: PLC0415

        for event in self.sorted("id"):
            JournalService(self.env).retry(event)
            event._settle(self.env._("Applied after all."))
        return True

    def action_settle(self):
        """Open the dialog that asks what was done about it."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settle"),
            "res_model": "mrp.shop.floor.settle",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_ids": self.ids},
        }
