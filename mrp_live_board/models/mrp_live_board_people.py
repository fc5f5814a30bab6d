from odoo import fields, models
from odoo.tools import SQL


class MrpLiveBoard(models.Model):
    """Nobody there, or not the right one: what the rooms of people know."""

    _inherit = "mrp.live.board"

    blocker = fields.Selection(
        selection_add=[
            ("skill", "Operator not qualified"),
            ("operator", "Nobody there"),
        ]
    )

    def _get_blockers(self):
        return super()._get_blockers() | {
            "skill": SQL("eta.workorder_id IN (%s)", self._select_unqualified()),
            "operator": self._is_unattended(),
        }

    def _is_unattended(self):
        """The current operation is due or begun, in working hours, and nobody works on
        it nor is signed in at its work center.
        """
        return SQL(
            """
            company.mrp_operator_tracking
            AND (run.state = 'progress' OR run.date_start <= %(now)s)
            AND eta.workcenter_id IN (
                SELECT center.id FROM mrp_workcenter center
                  JOIN mrp_calendar_axis_interval line ON line.axis_id = center.axis_id
                 WHERE line.date_start <= %(now)s AND line.date_end > %(now)s)
            AND eta.workcenter_id NOT IN (
                SELECT workcenter_id FROM mrp_operator_presence WHERE date_end IS NULL)
            AND eta.workorder_id NOT IN (
                SELECT workorder_id FROM mrp_workcenter_productivity
                 WHERE date_end IS NULL AND workorder_id IS NOT NULL)
            """,
            now=fields.Datetime.now(),
        )

    def _select_unqualified(self):
        """:return: SQL of open operations with somebody planned or at work who lacks
        what is asked of everybody and blocks

        What is asked of a crew, and trainees, is judged when they come to work.
        """
        return SQL(
            """
            SELECT workorder.id
              FROM mrp_skill_requirement asked
              JOIN mrp_workorder workorder
                ON workorder.state IN ('blocked', 'ready', 'progress')
               AND (workorder.workcenter_id = asked.workcenter_id
                    OR workorder.operation_id = asked.operation_id)
              JOIN (
                SELECT workorder_id, operator_id FROM mrp_workorder_operator_rel
                 UNION
                SELECT workorder_id, operator_id FROM mrp_workcenter_productivity
                 WHERE date_end IS NULL AND operator_id IS NOT NULL
              ) crew ON crew.workorder_id = workorder.id
             WHERE asked.active AND asked.mode = 'block' AND asked.scope = 'each'
               AND asked.trainee_allowed IS NOT TRUE
               AND NOT EXISTS (
                SELECT FROM hr_employee_skill held
                  JOIN hr_employee holder ON holder.id = held.employee_id
                 WHERE held.employee_id = crew.operator_id
                   AND held.skill_id = asked.skill_id
                   AND held.validated_progress >= COALESCE(asked.minimum_progress, 0)
                   AND held.validated_by_id IS NOT NULL
                   AND held.validated_by_id IS DISTINCT FROM holder.user_id
                   AND (held.valid_from IS NULL OR held.valid_from <= %(today)s)
                   AND (held.valid_to >= %(today)s OR held.valid_to IS NULL
                        AND asked.certificate_required IS NOT TRUE))
               AND NOT EXISTS (
                SELECT FROM mrp_skill_override passed
                 WHERE passed.workorder_id = workorder.id
                   AND passed.operator_id = crew.operator_id
                   AND passed.requirement_id = asked.id
                   AND passed.state = 'approved')
            """,
            today=fields.Date.today(),
        )
