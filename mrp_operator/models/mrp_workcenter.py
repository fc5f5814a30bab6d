from collections import defaultdict
from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_round


class MrpWorkcenter(models.Model):
    """The crew of a work center, and how long it really ran."""

    _inherit = "mrp.workcenter"

    presence_ids = fields.One2many(
        "mrp.operator.presence",
        "workcenter_id",
        string="Crew",
        domain=[("date_end", "=", False)],
    )
    crew_ids = fields.Many2many(
        "hr.employee",
        string="Signed In",
        compute="_compute_crew_ids",
        compute_sudo=True,
    )

    @api.depends("presence_ids.date_end")
    def _compute_crew_ids(self):
        for workcenter in self:
            workcenter.crew_ids = workcenter.presence_ids.operator_id

    def action_sign_in(self):
        """Sign oneself in."""
        self.ensure_one()
        self.check_access("read")
        operator = self.env["mrp.workorder"]._get_acting_operator()
        if not operator:
            raise UserError(
                self.env._(
                    "Your user belongs to no operator. Have a supervisor sign people "
                    "in, or use the crew of the work centers."
                )
            )
        self.env["mrp.operator.presence"]._sign_in(operator, self)
        return True

    def action_view_crew(self):
        """Open who is signed in here."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_operator.mrp_operator_presence_action"
        )
        return action | {
            "domain": [("workcenter_id", "in", self.ids), ("date_end", "=", False)]
        }

    # Effectiveness: how long the work center ran, whoever worked on it

    def _compute_blocked_time(self):
        res = super()._compute_blocked_time()
        for workcenter, (_productive, lost) in self._get_machine_time().items():
            workcenter.blocked_time = lost
        return res

    def _compute_productive_time(self):
        res = super()._compute_productive_time()
        for workcenter, (productive, _lost) in self._get_machine_time().items():
            workcenter.productive_time = productive
        return res

    @api.depends("blocked_time", "productive_time")
    def _compute_oee(self):
        res = super()._compute_oee()
        for workcenter, (productive, lost) in self._get_machine_time().items():
            whole = productive + lost
            workcenter.oee = whole and float_round(
                100 * productive / whole, precision_digits=2
            )
        return res

    def _get_machine_time(self):
        """Hours of the last month in which these work centers ran or were held up.

        Work of several people at once counts once; only work centers on which operators
        worked are looked at, core's sums are right for the others.

        :return: dict from work center to ``(productive, lost)`` hours
        """
        logs = self.env["mrp.workcenter.productivity"]
        logs.flush_model()
        self.env["res.company"].flush_model(["mrp_operator_tracking"])
        since = datetime.now() - relativedelta(months=1)
        rows = self.env.execute_query(
            SQL(
                """
                WITH log AS (
                    SELECT log.workcenter_id, type.loss_type, log.duration,
                           log.date_start, log.date_end,
                           log.operator_id IS NOT NULL
                               AND company.mrp_operator_tracking AS tracked,
                           MAX(log.date_end) OVER (
                               PARTITION BY log.workcenter_id, type.loss_type
                               ORDER BY log.date_start, log.date_end, log.id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                           ) AS covered
                      FROM mrp_workcenter_productivity log
                      JOIN res_company company ON company.id = log.company_id
                      JOIN mrp_workcenter_productivity_loss loss
                        ON loss.id = log.loss_id
                      JOIN mrp_workcenter_productivity_loss_type type
                        ON type.id = loss.loss_id
                     WHERE log.workcenter_id IN %(workcenters)s AND log.active
                       AND log.date_end IS NOT NULL AND log.date_start >= %(since)s
                )
                SELECT workcenter_id, loss_type,
                       SUM(duration) / 60,
                       SUM(EXTRACT(EPOCH FROM GREATEST(
                           date_end - GREATEST(date_start, covered), INTERVAL '0'
                       ))) / 3600,
                       BOOL_OR(tracked)
                  FROM log GROUP BY workcenter_id, loss_type
                """,
                workcenters=tuple(self.ids) or (0,),
                since=fields.Datetime.to_string(since),
            )
        )
        times = defaultdict(lambda: [0.0, 0.0])
        operated = set()
        for workcenter_id, loss_type, logged, ran, has_operator in rows:
            # a standstill is counted in working hours, as core does
            hours = ran if loss_type in ("productive", "performance") else logged
            times[workcenter_id][loss_type != "productive"] += float(hours or 0)
            if has_operator:
                operated.add(workcenter_id)
        return {self.browse(key): tuple(times[key]) for key in operated}
