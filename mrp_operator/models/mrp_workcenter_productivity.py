from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import clean_context

from ..tools import TimeDoor
from ..tools.time_door import ESTIMATES

VIEWER = "mrp_run_cost.mrp_run_cost_group_viewer"
WORK = ("productive", "performance")
RECORDED = frozenset(("operator_id", "date_start", "date_end", "workorder_id"))
SERVER_ONLY = frozenset(
    (
        "seconds",
        "overtime_seconds",
        "labor_rate",
        "overtime_factor",
        "labor_cost",
        "is_estimated",
        "is_capped",
        "active",
    )
)


class MrpWorkcenterProductivity(models.Model):
    """Time logs carry who worked, and for how long."""

    _inherit = "mrp.workcenter.productivity"

    active = fields.Boolean(
        default=True, help="Archived: taken back, kept for the record; counts no more."
    )
    operator_id = fields.Many2one(
        "hr.employee",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        domain="[('is_operator', '=', True)]",
    )
    seconds = fields.Integer(
        string="Time (s)",
        readonly=True,
        copy=False,
        help="Seconds charged: what an operator does at the same time shares them.",
    )
    overtime_seconds = fields.Integer(
        string="Overtime (s)",
        readonly=True,
        copy=False,
        help="Part of them outside the working hours.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    labor_rate = fields.Monetary(
        readonly=True,
        copy=False,
        groups=VIEWER,
        help="Hourly cost of the operator when the log was closed.",
    )
    overtime_factor = fields.Float(
        readonly=True,
        copy=False,
        digits=(16, 4),
        groups=VIEWER,
        help="What an hour of overtime cost when the log was closed, in hours.",
    )
    labor_cost = fields.Monetary(readonly=True, copy=False, groups=VIEWER)
    is_estimated = fields.Boolean(
        string="Estimated",
        readonly=True,
        copy=False,
        help="Not measured: a duration that was typed, or filled in when the work was "
        "closed.",
    )
    is_capped = fields.Boolean(
        string="Capped",
        readonly=True,
        copy=False,
        help="Nobody stopped the clock: it was stopped at the end of the shift.",
    )
    operator_tracking = fields.Boolean(related="company_id.mrp_operator_tracking")
    correction_ids = fields.One2many("mrp.time.correction", "log_id")

    _operator_until = models.Index(
        "(operator_id, COALESCE(date_end, 'infinity'::timestamp)) "
        "WHERE operator_id IS NOT NULL AND active"
    )

    @api.depends("seconds", "operator_id", "active")
    def _compute_duration(self):
        """Time of operators is what they are charged; archived logs have none."""
        archived = self.filtered(lambda log: not log.active)
        charged = (self - archived).filtered(
            lambda log: (
                log._is_tracked_work() and log.date_end and log.loss_type in WORK
            )
        )
        archived.duration = 0
        for log in charged:
            log.duration = log.seconds / 60
        super(MrpWorkcenterProductivity, self - archived - charged)._compute_duration()
        return None

    @api.constrains("workorder_id", "operator_id", "date_end")
    def _check_open_time_ids(self):
        """One clock per person and operation.

        Instead of core's check, which tells people apart by their user: operators may
        have none, and two of them may work on one operation.
        """
        running = self.filtered(lambda log: not log.date_end and log.active)
        # sudo: clocks of others count, whether one may see them or not
        groups = running and self.sudo()._read_group(
            [
                ("workorder_id", "in", running.workorder_id.ids),
                ("date_end", "=", False),
            ],
            ["workorder_id", "user_id", "operator_id"],
            having=[("__count", ">", 1)],
        )
        for workorder, user, operator in groups:
            raise ValidationError(
                self.env._(
                    "%(person)s works on %(operation)s already. Stop this clock before "
                    "another one is started.",
                    person=operator.display_name or user.display_name,
                    operation=workorder.display_name,
                )
            )

    @api.constrains("date_start", "date_end", "operator_id")
    def _check_dates(self):
        for log in self:
            if log.operator_id and log.date_end and log.date_end < log.date_start:
                raise ValidationError(
                    self.env._(
                        "The time of %(operator)s on %(operation)s ends before it "
                        "starts. Correct one of them.",
                        operator=log.operator_id.display_name,
                        operation=log.workorder_id.display_name,
                    )
                )

    def _is_tracked_work(self):
        """:return: whether it is somebody's work, in a company that tracks it"""
        self.ensure_one()
        return self.operator_id and self.company_id.mrp_operator_tracking

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        door = TimeDoor.of(self.env)
        if not door and any(
            key[8:] in SERVER_ONLY
            for key in self.env.context
            if key.startswith("default_")
        ):
            # what only the server may say has no default of the caller's
            # pylint: disable=context-overridden
            self = self.with_context(clean_context(self.env.context))
        if not door:
            for vals in vals_list:
                self._check_server_only(vals)
        vals_list = self._prepare_operators(vals_list, door)
        if not door:
            self._check_log_door(vals_list)
        logs = super().create(vals_list)
        if door:
            door.logs |= logs
        logs.filtered(lambda log: log.operator_id and log.date_end)._share_time()
        return logs

    def write(self, vals):
        door = TimeDoor.of(self.env)
        if not door:
            self._check_server_only(vals)
            self._check_change(vals)
        if not RECORDED & vals.keys() and "active" not in vals:
            return super().write(vals)
        before = self._get_spans()
        if vals.get("operator_id"):
            vals = vals | {"user_id": self._get_user_of(vals["operator_id"])}
        res = super().write(vals)
        self._share_time(before)
        return res

    def unlink(self):
        """Time of operators is archived, with a note of who took it back."""
        kept = self.filtered(
            lambda log: (
                log.operator_id
                or log.correction_ids
                or (log.workorder_id and log.company_id.mrp_operator_tracking)
            )
        )
        if kept:
            kept.check_access("unlink")
            kept._take_back()
        rest = self - kept
        return super(MrpWorkcenterProductivity, rest).unlink() if rest else True

    # Doors

    @api.model
    def _check_server_only(self, vals):
        """Seconds, rates and flags follow from what was recorded."""
        for name in SERVER_ONLY & vals.keys():
            if bool(vals[name]) != (name == "active"):
                raise UserError(
                    self.env._(
                        "%(field)s of a time log follows from the clock and can not be "
                        "set. Let a supervisor correct the time instead.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _check_change(self, vals):
        """What was recorded is corrected by a supervisor, and kept beside it."""
        changed = RECORDED & vals.keys()
        if not changed:
            return
        named = self.browse()
        for log in self:
            tracked = log.company_id.mrp_operator_tracking and log.workorder_id
            allowed = {"operator_id"} if not log.operator_id else set()
            if not log.date_end:
                allowed.add("date_end")
            new = {
                name
                for name in changed
                if log._fields[name].convert_to_cache(vals[name], log, validate=False)
                != log._fields[name].convert_to_cache(log[name], log, validate=False)
            }
            if tracked and new - allowed:
                raise UserError(
                    self.env._(
                        "The time of %(operator)s on %(operation)s is recorded. Let a "
                        "supervisor correct it, with the reason: Correct Time.",
                        operator=log.operator_id.display_name or self.env._("nobody"),
                        operation=log.workorder_id.display_name,
                    )
                )
            if "operator_id" in new and vals["operator_id"] and log.workorder_id:
                named |= log
        operator = self.env["hr.employee"].browse(vals.get("operator_id") or [])
        for start, logs in named.grouped("date_start").items():
            logs.workorder_id._check_operators(operator, "log", start)

    @api.model
    def _check_log_door(self, vals_list):
        """Are these people allowed to do the work that is being logged?"""
        groups = {}
        for vals in vals_list:
            if vals.get("workorder_id") and vals.get("operator_id"):
                start = fields.Datetime.to_datetime(vals.get("date_start"))
                key = (vals["operator_id"], start)
                groups.setdefault(key, []).append(vals["workorder_id"])
        for (operator, start), ids in groups.items():
            self.env["mrp.workorder"].browse(ids)._check_operators(
                self.env["hr.employee"].browse(operator), "log", start
            )

    @api.model
    def _prepare_operators(self, vals_list, door):
        """:return: the values with the operator, and the user that goes with him"""
        if door and door.name in ESTIMATES:
            return [self._prepare_estimate(vals, door) for vals in vals_list]
        employees = self.env["hr.employee"]
        unnamed = [
            vals
            for vals in vals_list
            if "operator_id" not in vals and vals.get("workorder_id") and not door
        ]
        own = self._get_operators_by_user(unnamed) if unnamed else {}
        prepared = []
        for vals in vals_list:
            if vals.get("operator_id"):
                vals = vals | {"user_id": self._get_user_of(vals["operator_id"])}
            elif own and "operator_id" not in vals and vals.get("workorder_id"):
                user = vals.get("user_id", self.env.uid)
                company = self._get_company_of(vals)
                operator = own.get((user, company.id), employees)
                vals = vals | {"operator_id": operator.id}
            prepared.append(vals)
        return prepared

    @api.model
    def _prepare_estimate(self, vals, door):
        """Time that the server makes up belongs to those planned, nobody else."""
        operators = door.operators.get(vals["workorder_id"])
        vals = vals | {"is_estimated": True, "operator_id": False}
        if operators is None:
            return vals
        operator = operators[:1]
        user = self._get_user_of(operator.id) if operator else False
        return vals | {"operator_id": operator.id, "user_id": user}

    @api.model
    def _get_company_of(self, vals):
        if vals.get("company_id"):
            return self.env["res.company"].browse(vals["company_id"])
        return self.env["mrp.workorder"].browse(vals["workorder_id"]).company_id

    @api.model
    def _get_operators_by_user(self, vals_list):
        """:return: dict from ids of user and company to the operator"""
        users = {vals.get("user_id", self.env.uid) for vals in vals_list}
        # sudo: whoever logs time need not see employees
        operators = (
            self.env["hr.employee"]
            .sudo()
            .search_fetch(
                [("user_id", "in", list(users)), ("is_operator", "=", True)],
                ["user_id", "company_id"],
            )
        )
        return {(op.user_id.id, op.company_id.id): op for op in operators}

    @api.model
    def _get_user_of(self, operator_id):
        # sudo: whoever logs time need not see employees
        return self.env["hr.employee"].sudo().browse(operator_id).user_id.id
