from odoo import api, fields, models

LATE = "late"


class MrpLiveBoard(models.Model):
    """One activity for whoever is responsible of a run that is late or blocked."""

    _inherit = "mrp.live.board"

    @api.model
    def _cron_alert(self):
        done, remaining = self._alert()
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _alert(self, limit=200):
        """Tell about what is new and take back what is over.

        :return: ``(done, remaining)``
        """
        self._take_back(self._get_causes(lasting=True))
        causes = self._get_causes() - self._get_told()
        batch = sorted(causes)[:limit]
        self._tell(batch)
        return len(batch), len(causes) - len(batch)

    def _get_causes(self, lasting=False):
        """:param bool lasting: those not over yet: late by less than the tolerance, too
        :return: set of ``(order id, cause)`` in companies that want to be told
        """
        rows = self.search_fetch(
            [
                ("company_id.mrp_board_alerts", "=", True),
                "|",
                ("is_blocked", "=", True),
                ("lateness", ">", 0) if lasting else ("is_late", "=", True),
            ],
            ["blockers", "lateness", "is_late"],
            order="id",
        )
        causes = set()
        for row in rows:
            if row.is_late or (lasting and row.lateness > 0):
                causes.add((row.id, LATE))
            causes |= {
                (row.id, code) for code in (row.blockers or "").split(",") if code
            }
        return causes

    def _get_told(self):
        alerts = self.env["mrp.board.alert"].search_fetch(
            [("date_resolved", "=", False)], ["production_id", "cause"]
        )
        return {(alert.production_id.id, alert.cause) for alert in alerts}

    def _take_back(self, causes):
        alerts = self.env["mrp.board.alert"].search([("date_resolved", "=", False)])
        over = alerts.filtered(
            lambda alert: (alert.production_id.id, alert.cause) not in causes
        )
        over.activity_id.unlink()
        over.date_resolved = fields.Datetime.now()

    def _tell(self, causes):
        """:param list causes: of ``(order id, cause)``"""
        rows = self.browse({row_id for row_id, _cause in causes})
        told = [
            (row, cause, user)
            for row_id, cause in causes
            if (row := rows.browse(row_id)) and (user := row._get_alert_user())
        ]
        model_id = self.env["ir.model"]._get_id("mrp.production")
        activity_type = self.env.ref("mrp_live_board.mail_activity_type_board")
        # nobody gets an e-mail for each: they are in the list of activities
        activities = (
            self.env["mail.activity"]
            .with_context(mail_activity_quick_update=True)
            .create(
                [
                    {
                        "res_model_id": model_id,
                        "res_id": row.id,
                        "activity_type_id": activity_type.id,
                        "user_id": user.id,
                        "date_deadline": fields.Date.today(),
                        "summary": row.with_context(lang=user.lang)._get_alert(cause),
                    }
                    for row, cause, user in told
                ]
            )
        )
        self.env["mrp.board.alert"].create(
            [
                {
                    "production_id": row.id,
                    "cause": cause,
                    "user_id": user.id,
                    "activity_id": activity.id,
                }
                for (row, cause, user), activity in zip(told, activities, strict=True)
            ]
        )

    def _get_alert_user(self):
        """:return: responsible of the order, else whom the company says; nobody who
        left or may not see the order
        """
        self.ensure_one()
        for user in (self.user_id, self.company_id.mrp_board_user_id):
            if user.active and self.company_id in user.company_ids and not user.share:
                return user
        return self.env["res.users"]

    def _get_alert(self, cause):
        """:return: str: what is said about a cause"""
        self.ensure_one()
        if cause == LATE:
            return self.env._("%(run)s will be late", run=self.name)
        names = dict(self._fields["blocker"]._description_selection(self.env))
        return self.env._(
            "%(run)s: %(blocker)s",
            run=self.name,
            blocker=self._get_blocker_text(cause, names[cause]),
        )
