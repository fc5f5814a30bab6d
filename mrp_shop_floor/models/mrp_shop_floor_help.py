from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mrp_reason_code.tools import as_server, is_server

from .mrp_shop_floor_event import SUPERVISOR

HELP = "mrp_shop_floor.mail_activity_type_help"
OPEN = "open"
ANSWERED = "answered"


class MrpShopFloorHelp(models.Model):
    """Somebody on the floor asked for help: whom, when, and what was answered."""

    _name = "mrp.shop.floor.help"
    _description = "Request for Help on the Shop Floor"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    workorder_name = fields.Char(string="Where", readonly=True)
    operator_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    topic = fields.Selection(
        [
            ("machine", "Machine"),
            ("material", "Material"),
            ("quality", "Quality"),
            ("hands", "A Helping Hand"),
            ("other", "Something Else"),
        ],
        string="About",
        required=True,
        readonly=True,
    )
    note = fields.Char(readonly=True)
    date = fields.Datetime(string="Asked On", required=True, readonly=True)
    asked_user_ids = fields.Many2many("res.users", string="Asked", readonly=True)
    state = fields.Selection(
        [(OPEN, "Waits"), (ANSWERED, "Answered")],
        compute="_compute_state",
        store=True,
        index=True,
    )
    answer = fields.Char(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answered_date = fields.Datetime(string="Answered On", readonly=True)

    # asked twice at the same moment, it is still one request
    _open_uniq = models.UniqueIndex(
        "(workorder_id, operator_id) WHERE answered_date IS NULL",
        "Help was asked for already.",
    )

    @api.depends("answered_date")
    def _compute_state(self):
        for request in self:
            request.state = ANSWERED if request.answered_date else OPEN

    @api.depends("operator_id", "workorder_name", "topic")
    def _compute_display_name(self):
        topics = dict(self._fields["topic"]._description_selection(self.env))
        for request in self:
            request.display_name = self.env._(
                "%(operator)s needs help at %(place)s: %(topic)s",
                # sudo: supervisors need not see employees
                operator=request.sudo().operator_id.name,
                place=request.workorder_name or "–",
                topic=topics.get(request.topic, ""),
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        # nobody follows what the server writes down
        return super(
            MrpShopFloorHelp, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)

    def write(self, vals):
        own = {name for name in vals if not name.startswith(("activity_", "message_"))}
        if own:
            self._check_server()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Requests for help are part of the record of the shop floor.")
        )

    def _check_server(self):
        if not is_server(self):
            raise UserError(
                self.env._(
                    "Help is asked for on the phone, and answered there or here."
                )
            )

    # Asking

    @api.model
    def _ask(self, workorder, operator, topic, note, at):
        """Ask the supervisors.

        :param workorder: ``mrp.workorder`` where help is needed
        :param operator: ``hr.employee`` who needs it
        :param datetime at: when it was asked for
        :raise UserError: when nobody is there to be asked, or somebody was
        """
        # sudo: operators write no requests, the server does
        requests = as_server(self.sudo())
        known = requests.search(
            [
                ("workorder_id", "=", workorder.id),
                ("operator_id", "=", operator.id),
                ("state", "=", OPEN),
            ],
            limit=1,
        )
        if known:
            raise UserError(
                self.env._(
                    "%(people)s know already that you need help.",
                    people=known._get_asked_names(),
                )
            )
        asked = self._get_supervisors(operator)
        if not asked:
            raise UserError(
                self.env._(
                    "Nobody has the role Supervisor in %(company)s. Ask an "
                    "administrator to give it to somebody.",
                    company=operator.company_id.name,
                )
            )
        request = requests.create(
            {
                "workorder_id": workorder.id,
                "workorder_name": f"{workorder.production_id.name} · {workorder.name}",
                "operator_id": operator.id,
                "company_id": operator.company_id.id,
                "topic": topic,
                "note": note,
                "date": at,
                "asked_user_ids": asked.ids,
            }
        )
        request._call_supervisors()
        return request

    @api.model
    def _get_supervisors(self, operator):
        """:return: ``res.users`` who can help somebody: not himself"""
        return operator.company_id._get_supervisors() - operator.user_id

    def _get_asked_names(self):
        # sudo: whom one has asked one may know
        return ", ".join(self.sudo().asked_user_ids.mapped("name"))

    def _call_supervisors(self):
        self.ensure_one()
        for user in self.asked_user_ids:
            speaking = self.with_context(lang=user.lang)
            speaking.activity_schedule(
                HELP,
                date_deadline=fields.Date.to_date(self.date),
                summary=speaking.display_name,
                note=self.note or False,
                user_id=user.id,
            )
            user._bus_send(
                "simple_notification",
                {
                    "type": "danger",
                    "title": speaking.env._("Help on the shop floor"),
                    "message": speaking.display_name,
                    "sticky": True,
                },
            )

    # Answering

    def _answer(self, answer):
        """Say who comes, or what to do.

        :param str answer: required
        """
        if not self.env.user.has_group(SUPERVISOR):
            raise AccessError(self.env._("Supervisors answer who asks for help."))
        self.check_access("read")
        answer = (answer or "").strip()[:500]
        if not answer:
            raise UserError(self.env._("Say what you answer."))
        for request in self:
            if request.state != OPEN:
                raise UserError(
                    self.env._(
                        "%(user)s answered already: %(answer)s",
                        user=request.answered_by_id.name,
                        answer=request.answer,
                    )
                )
        # sudo: requests are written by the server alone; the others' activities end
        requests = as_server(self.sudo())
        requests.write(
            {
                "answer": answer,
                "answered_by_id": self.env.uid,
                "answered_date": fields.Datetime.now(),
            }
        )
        requests.activity_unlink([HELP])

    def action_come(self):
        """Answer from the list that one is coming."""
        self._answer(self.env._("I am coming."))
        return True
