from datetime import timedelta

from odoo import api, fields, models


class MrpWorkcenterProductivity(models.Model):
    """Clocks that nobody stops are stopped at the end of the shift, and flagged."""

    _inherit = "mrp.workcenter.productivity"

    @api.model
    def _cron_cap_clocks(self):
        done, remaining = self._cap_clocks()
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _cap_clocks(self, limit=200):
        """Stop forgotten clocks and sign out who left without.

        :return: ``(done, remaining)``
        """
        done = remaining = 0
        for company in self.env["res.company"].search(
            [("mrp_operator_tracking", "=", True)]
        ):
            logs = self.with_company(company)._get_forgotten(company)
            capped = logs[:limit]
            capped._cap()
            presences = self.env["mrp.operator.presence"].with_company(company)
            presences._get_forgotten(company)[:limit]._cap()
            done += len(capped)
            remaining += len(logs) - len(capped)
        return done, remaining

    @api.model
    def _get_forgotten(self, company):
        """:return: clocks that run although the shift is over"""
        deadline = fields.Datetime.now() - timedelta(hours=company.mrp_cap_grace)
        running = self.search(
            [
                ("company_id", "=", company.id),
                ("operator_id", "!=", False),
                ("date_end", "=", False),
                ("date_start", "<", deadline),
            ],
            order="id",
        )
        return running.filtered(
            lambda log: log.operator_id._get_shift_end(log.date_start) < deadline
        )

    def _cap(self):
        model_id = self.env["ir.model"]._get_id("mrp.production")
        activity_type = self.env.ref("mrp_operator.mail_activity_type_capped")
        ends = {log: log.operator_id._get_shift_end(log.date_start) for log in self}
        for end, logs in self.grouped(ends.get).items():
            logs._close_clocks(end, is_capped=True)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": log.production_id.id,
                    "activity_type_id": activity_type.id,
                    "user_id": user.id,
                    "summary": self.env._(
                        "%(operator)s: the clock on %(operation)s was stopped at the "
                        "end of the shift. Correct it if need be.",
                        operator=log.operator_id.name,
                        operation=log.workorder_id.name,
                    ),
                }
                for log in self
                if (user := log._get_shift_supervisor())
            ]
        )

    def _get_shift_supervisor(self):
        """:return: who looks after forgotten clocks, maybe nobody"""
        self.ensure_one()
        user = self.company_id.mrp_shift_supervisor_id or self.production_id.user_id
        return user.filtered("active")


class MrpOperatorPresence(models.Model):
    _inherit = "mrp.operator.presence"

    @api.model
    def _get_forgotten(self, company):
        """:return: presences whose shift is over"""
        deadline = fields.Datetime.now() - timedelta(hours=company.mrp_cap_grace)
        present = self.search(
            [
                ("company_id", "=", company.id),
                ("date_end", "=", False),
                ("date_start", "<", deadline),
            ],
            order="id",
        )
        return present.filtered(
            lambda p: p.operator_id._get_shift_end(p.date_start) < deadline
        )

    def _cap(self):
        for presence in self:
            end = presence.operator_id._get_shift_end(presence.date_start)
            presence._end(end, is_capped=True)
