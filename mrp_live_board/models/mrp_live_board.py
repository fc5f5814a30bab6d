from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ..tools import open_operations
from ..tools.shown_query import ShownQuery

WINDOWS = {"run_count": "TRUE", "late_count": "is_late", "blocked_count": "is_blocked"}


class MrpLiveBoard(models.Model):
    """Runs in flight, one row each: the id of a row is that of its order.

    No forecast is stored: whatever happened is what the next reading shows.
    """

    _name = "mrp.live.board"
    _description = "Live Board"
    _auto = False
    _order = "lateness desc nulls last, id"
    _rec_name = "name"
    _depends = {
        "mrp.production": ["state", "date_start", "date_deadline", "reservation_state"],
        "mrp.workorder": ["state", "duration_expected", "duration", "workcenter_id"],
        "mrp.workcenter": ["working_state", "axis_id"],
        "mrp.workcenter.productivity": ["date_start", "date_end"],
        "mrp.operation.quantity": ["quantity", "balance_workorder_id"],
        "mrp.operation.pace": ["factor"],
        "mrp.calendar.axis": ["seconds"],
        "mrp.calendar.axis.interval": ["seconds_before"],
        "mrp.delay": ["state"],
        "mrp.delay.line": ["reason_id"],
        "stock.move": ["state", "date"],
    }

    name = fields.Char(string="Run")
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order")
    state = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("progress", "In Progress"),
            ("to_close", "To Close"),
        ]
    )
    priority = fields.Selection([("0", "Normal"), ("1", "Urgent")])
    company_id = fields.Many2one("res.company")
    user_id = fields.Many2one("res.users", string="Responsible")
    product_id = fields.Many2one("product.product")
    product_qty = fields.Float(string="Quantity", digits="Product Unit")
    uom_id = fields.Many2one("uom.uom", string="Unit")
    date_start = fields.Datetime(string="Planned Start")
    date_deadline = fields.Datetime(string="Deadline")
    baseline_end = fields.Datetime(string="Frozen End")
    due_date = fields.Datetime(
        string="Due", help="The deadline, or else the end of the frozen plan."
    )
    workorder_id = fields.Many2one("mrp.workorder", string="Current Operation")
    operation_name = fields.Char(string="Operation")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center")
    people = fields.Char(string="Who", help="Who works on the run now.")
    progress = fields.Float(
        string="Done (%)",
        digits=(16, 1),
        aggregator="avg",
        help="By the units that operations told about, else by their time, weighted by "
        "planned time.",
    )
    expected_date = fields.Datetime(
        string="Expected",
        help="What is left of the operations, at the pace they really had lately, in "
        "the working hours of their work centers and behind what is queued there. "
        "Empty: a work center never works.",
    )
    expected_early = fields.Datetime(
        string="Expected From", help="A standard deviation earlier."
    )
    expected_late = fields.Datetime(
        string="Expected To", help="A standard deviation later."
    )
    lateness = fields.Float(
        string="Late (Hours)",
        aggregator="max",
        help="Expected completion after the due date; negative: before it.",
    )
    is_late = fields.Boolean(
        string="Late", help="By more than the tolerance of the company."
    )
    delay_reason = fields.Char(
        string="Reason", help="Latest reason given for a stop or delay of the run."
    )
    blocker = fields.Selection(
        [
            ("machine", "Machine down"),
            ("material", "Material short"),
            ("calendar", "No working hours"),
        ],
        string="Blocked By",
    )
    blockers = fields.Char(string="All Blockers")
    blocker_text = fields.Char(string="Blocked", compute="_compute_blocker_text")
    is_blocked = fields.Boolean()
    short_until = fields.Datetime(
        string="Material Expected",
        help="When the last of the missing components is planned to come.",
    )
    last_event = fields.Datetime()
    last_event_kind = fields.Selection(
        [
            ("start", "Started"),
            ("stop", "Stopped"),
            ("good", "Good"),
            ("scrap", "Scrap"),
            ("rework", "Rework"),
            ("downgrade", "Downgrade"),
            ("delay", "Delay"),
        ],
        string="What Happened",
    )
    run_count = fields.Integer(string="In Flight", aggregator=None, exportable=False)
    late_count = fields.Integer(string="Late Runs", aggregator=None, exportable=False)
    blocked_count = fields.Integer(
        string="Blocked Runs", aggregator=None, exportable=False
    )

    @api.depends("blockers", "short_until")
    @api.depends_context("lang", "tz")
    def _compute_blocker_text(self):
        for row in self:
            row.blocker_text = ", ".join(row._get_blocker_texts())

    def _get_blocker_texts(self):
        """:return: list of str: what blocks the run, in words"""
        self.ensure_one()
        names = dict(self._fields["blocker"]._description_selection(self.env))
        codes = self.blockers.split(",") if self.blockers else ()
        return [self._get_blocker_text(code, names[code]) for code in codes]

    def _get_blocker_text(self, code, name):
        """Hook: more words about one blocker."""
        if code == "material" and self.short_until:
            return self.env._(
                "Material short until %(date)s",
                date=format_datetime(
                    self.env, self.short_until, dt_format="EEE d MMM, HH:mm"
                ),
            )
        return name

    def init(self):
        open_operations.install(self.env.cr)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Counts of all rows a search finds come with each of them, before its limit:
        the queues are worked out once for rows and counts.
        """
        if field_expr in WINDOWS and not isinstance(query, ShownQuery):
            self._check_field_access(self._fields[field_expr], "read")
            condition = WINDOWS[field_expr]
            if condition != "TRUE":
                condition = super()._field_to_sql(alias, condition, query)
            else:
                condition = SQL(condition)
            return SQL("COUNT(*) FILTER (WHERE %s) OVER ()", condition)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """The rule of companies looks at the company of each row: fetched with it, else
        all queues would be worked out again.
        """
        if field_names is not None:
            field_names = {*field_names, "company_id"}
        return super().search_fetch(domain, field_names, offset, limit, order)

    def _format_web_search_read_results(
        self, domain, records, offset=0, limit=None, count_limit=None
    ):
        if records and "run_count" in records[0]:
            return {"length": records[0]["run_count"], "records": records}
        return super()._format_web_search_read_results(
            domain, records, offset, limit, count_limit
        )

    @api.model
    @api.readonly
    def get_board_counts(self, domain):
        """:return: dict of how many runs there are, late and blocked"""
        row = self.search_fetch(domain, list(WINDOWS), limit=1)
        return {name: row[name] for name in WINDOWS}

    def action_open_production(self):
        """Open the order of the run."""
        self.ensure_one()
        return self._get_form_action("mrp.production", self.production_id)

    def action_open_workorder(self):
        """Open the current operation."""
        self.ensure_one()
        if not self.workorder_id:
            return self.action_open_production()
        return self._get_form_action("mrp.workorder", self.workorder_id)

    def _get_form_action(self, model, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
