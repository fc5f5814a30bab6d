from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    def _get_dispatch(self, end=None):
        """Operations a work center is to do until a time, in order.

        :param datetime end: UTC; by default until tomorrow night
        :return: ``mrp.workorder``
        """
        self.ensure_one()
        workorders = self.env["mrp.workorder"]
        return workorders.search(
            [
                ("workcenter_id", "=", self.id),
                ("state", "in", ("blocked", "ready", "progress")),
                ("production_state", "in", ("confirmed", "progress", "to_close")),
                "|",
                ("production_date", "<", end or self._get_end_of_tomorrow()),
                ("state", "=", "progress"),
            ],
            order=workorders._get_dispatch_order(),
        )

    def _get_tomorrow(self):
        """:return: the day after today, where the user is"""
        return fields.Date.context_today(self) + timedelta(days=1)

    def _get_end_of_tomorrow(self):
        zone = pytz.timezone(self.env.tz and str(self.env.tz) or "UTC")
        midnight = datetime.combine(self._get_tomorrow() + timedelta(days=1), time())
        return zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    def action_print_dispatch(self):
        """Print what every work center of the company has to do until tomorrow."""
        workcenters = self or self.search([("company_id", "=", self.env.company.id)])
        busy = workcenters.filtered(lambda workcenter: workcenter._get_dispatch())
        if not busy:
            raise UserError(
                self.env._(
                    "No work center has anything to do until tomorrow. Confirm or plan "
                    "a job first."
                )
            )
        return self.env.ref("job_work_order.job_dispatch_sheet_action").report_action(
            busy, config=False
        )
