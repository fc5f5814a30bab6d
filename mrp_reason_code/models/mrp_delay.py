from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_run_cost.tools import largest_remainder

from ..tools import get_shift_end

LATE_RUN = "late_run"
LATE_OPERATION = "late_operation"
PAUSE = "pause"
BLOCK = "block"
STOPS = (PAUSE, BLOCK)


class MrpDelay(models.Model):
    """A pause, a blocked work center or a late finish, and why it happened."""

    _name = "mrp.delay"
    _description = "Stop or Late Finish"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(
        [
            (PAUSE, "Pause"),
            (BLOCK, "Work Center Blocked"),
            (LATE_OPERATION, "Operation Finished Late"),
            (LATE_RUN, "Order Finished Late"),
        ],
        required=True,
        readonly=True,
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        check_company=True,
    )
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        check_company=True,
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        index="btree_not_null",
        readonly=True,
        check_company=True,
    )
    productivity_id = fields.Many2one(
        "mrp.workcenter.productivity",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    product_id = fields.Many2one(related="production_id.product_id", store=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    date_start = fields.Datetime(string="From", required=True, readonly=True)
    date_end = fields.Datetime(string="To", readonly=True)
    seconds = fields.Integer(
        compute="_compute_seconds", store=True, help="0 as long as it lasts."
    )
    minutes = fields.Float(compute="_compute_seconds", store=True)
    hourly_cost = fields.Float(
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Hourly cost of the work center when it began.",
    )
    line_ids = fields.One2many("mrp.delay.line", "delay_id", string="Reasons")
    favorite_reason_ids = fields.Many2many(related="workcenter_id.favorite_reason_ids")
    quick_reason_id = fields.Many2one(
        "mrp.reason",
        string="Reason",
        compute="_compute_quick_reason_id",
        inverse="_inverse_quick_reason_id",
        help="The only reason; add lines when there were several.",
    )
    quick_note = fields.Char(
        string="Note",
        compute="_compute_quick_reason_id",
        inverse="_inverse_quick_reason_id",
    )
    state = fields.Selection(
        [
            ("pending", "Reason Pending"),
            ("classified", "Classified"),
            ("micro", "Micro-Stop"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    deadline = fields.Datetime(
        readonly=True,
        help="End of the shift. Until then anybody may give the reason, afterwards the "
        "supervisor and manufacturing administrators.",
    )

    @api.depends("kind", "workorder_id", "workcenter_id", "production_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for delay in self:
            place = delay.workorder_id or delay.production_id or delay.workcenter_id
            delay.display_name = f"{kinds.get(delay.kind)}: {place.display_name}"

    @api.depends("date_start", "date_end")
    def _compute_seconds(self):
        for delay in self:
            delay.seconds = 0
            if delay.date_end:
                delay.seconds = delay._get_length()
            delay.minutes = delay.seconds / 60

    def _get_length(self):
        """:return: seconds; of a stop those in the working hours of the work center"""
        self.ensure_one()
        workcenter = self.workcenter_id
        if self.kind in STOPS and workcenter.resource_calendar_id:
            worked = workcenter._get_work_days_data_batch(
                self.date_start, self.date_end
            )
            return round(worked[workcenter.id]["hours"] * 3600)
        return (self.date_end - self.date_start).total_seconds()

    @api.depends("line_ids", "seconds", "date_end", "kind")
    def _compute_state(self):
        for delay in self:
            limit = delay.company_id.mrp_micro_stop_limit * 60
            if delay.line_ids:
                delay.state = "classified"
            elif delay.kind in STOPS and delay.date_end and delay.seconds < limit:
                delay.state = "micro"
            else:
                delay.state = "pending"

    @api.depends("line_ids.reason_id", "line_ids.note")
    def _compute_quick_reason_id(self):
        for delay in self:
            only = delay.line_ids if len(delay.line_ids) == 1 else None
            delay.quick_reason_id = only.reason_id if only else False
            delay.quick_note = only.note if only else False

    def _inverse_quick_reason_id(self):
        for delay in self:
            if delay.quick_reason_id and len(delay.line_ids) < 2:
                vals = {"reason_id": delay.quick_reason_id, "note": delay.quick_note}
                delay._classify([vals])

    @api.model_create_multi
    def create(self, vals_list):
        # nobody follows what the server writes down
        delays = super(
            MrpDelay, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)
        if not delays:
            return delays
        for delay in delays:
            delay.deadline = delay._get_shift_end()
        cron = self.env.ref("mrp_reason_code.ir_cron_ask_reasons", False)
        if cron:
            # sudo: whoever stops may not run jobs; the cron asks for the reasons
            cron.sudo()._trigger()
        return delays

    def write(self, vals):
        """People give reasons; what happened and when is what the server saw."""
        if not self.env.su:
            allowed = {"line_ids", "quick_reason_id", "quick_note"}
            own = {
                name for name in vals if not name.startswith(("activity_", "message_"))
            }
            if own - allowed:
                raise UserError(
                    self.env._(
                        "%(delay)s is what was recorded. Only its reasons can be "
                        "given.",
                        delay=self[:1].display_name,
                    )
                )
            self._check_may_classify()
        return super().write(vals)

    def _check_may_classify(self):
        now = fields.Datetime.now()
        overdue = self.filtered(
            lambda d: (
                d.deadline
                and d.deadline < now
                # sudo: whom to ask is no secret
                and d.sudo()._get_supervisor() != self.env.user
            )
        )
        if overdue and not self.env.user.has_group("mrp.group_mrp_manager"):
            raise UserError(
                self.env._(
                    "The shift of %(delay)s is over. Ask the supervisor or a "
                    "manufacturing administrator to give the reason.",
                    delay=overdue[0].display_name,
                )
            )

    def _classify(self, lines):
        """Say why, instead of what was said before.

        :param list lines: values of ``mrp.delay.line``
        """
        for delay in self:
            delay.line_ids.unlink()
            self.env["mrp.delay.line"].create(
                [
                    {**vals, "reason_id": vals["reason_id"].id, "delay_id": delay.id}
                    for vals in lines
                ]
            )

    def _on_classified(self):
        """The reasons share the time, and nobody is asked any more."""
        if not self.env.su:
            self._check_may_classify()
        # sudo: the time of a reason and the supervisor's activity follow from it
        self.sudo()._share_seconds()
        self.sudo().activity_ids._action_done()

    def _end(self):
        """The stops are over."""
        self.write({"date_end": fields.Datetime.now()})
        for delay in self:
            delay.deadline = delay._get_shift_end()
        self._share_seconds()

    def _share_seconds(self):
        """Let the reasons share the time: seconds add up exactly."""
        for delay in self:
            lines = delay.line_ids
            if not lines:
                continue
            parts = largest_remainder(delay.seconds, lines.mapped("weight"))
            for line, part in zip(lines, parts, strict=True):
                line.seconds = part

    def _get_shift_end(self):
        """End of the shift it happened in, or of the next one.

        :return: datetime; without a calendar a day later
        """
        self.ensure_one()
        start = self.date_end or self.date_start
        calendar = self.workcenter_id.resource_calendar_id or (
            self.company_id.resource_calendar_id
        )
        return get_shift_end(calendar, start) or start + timedelta(days=1)

    def _get_ask_action(self):
        """:return: the dialog that asks why, of the first of these"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why?"),
            "res_model": "mrp.delay",
            "res_id": self[:1].id,
            "views": [
                (self.env.ref("mrp_reason_code.mrp_delay_view_form_ask").id, "form")
            ],
            "target": "new",
        }

    def action_ask_reason(self):
        """Open the dialog that asks why."""
        self.ensure_one()
        return self._get_ask_action()

    def _get_supervisor(self):
        self.ensure_one()
        return (
            self.company_id.mrp_reason_user_id
            or self.production_id.user_id
            or self.user_id
        )

    @api.model
    def _cron_ask_reasons(self):
        done, remaining = self._ask_reasons()
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _ask_reasons(self, limit=500):
        """Give the supervisor an activity for every stop that waits for a reason.

        :return: ``(done, remaining)``
        """
        domain = [
            ("state", "=", "pending"),
            ("activity_ids", "=", False),
            ("company_id.mrp_delay_tracking", "=", True),
            "|",
            ("date_end", "!=", False),
            ("date_start", "<", fields.Datetime.now() - timedelta(minutes=30)),
        ]
        delays = self.search(domain, limit=limit, order="id")
        model_id = self.env["ir.model"]._get_id(self._name)
        activity_type = self.env.ref("mrp_reason_code.mail_activity_type_reason")
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": delay.id,
                    "activity_type_id": activity_type.id,
                    "user_id": delay._get_supervisor().id,
                    "date_deadline": (delay.deadline or delay.date_start).date(),
                    "summary": delay.display_name,
                }
                for delay in delays
            ]
        )
        more = len(delays) == limit
        return len(delays), self.search_count(domain) if more else 0
