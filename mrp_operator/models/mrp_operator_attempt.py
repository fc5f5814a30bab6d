import hashlib
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import SQL

#: wrong badges and PINs after which it is locked, within a span
MOST_OF_SESSION = 10
MOST_OF_USER = 40
SPAN = timedelta(minutes=15)
MOST_AT_ONCE = 50


class MrpOperatorAttempt(models.Model):
    """Wrong badges and PINs of a device, whomever they were tried for.

    A device is known by its session and by its user: who logs in anew is still the
    user. No group has access to this model.
    """

    _name = "mrp.operator.attempt"
    _description = "Wrong Badges and PINs of a Device"
    _rec_name = "source"
    _log_access = False

    source = fields.Char(required=True)
    tries = fields.Integer(required=True)
    date_start = fields.Datetime(required=True, help="When they began to be counted.")

    _source_uniq = models.UniqueIndex("(source)")

    @api.model
    def _get_sources(self):
        """:return: dict from what is counted to how many wrong tries it may have"""
        sources = {f"user:{self.env.uid}": MOST_OF_USER}
        if request and request.session and request.session.sid:
            # the identifier of a session is a secret itself
            digest = hashlib.sha256(request.session.sid.encode()).hexdigest()
            sources[f"session:{digest}"] = MOST_OF_SESSION
        return sources

    @api.model
    def _charge(self):
        """Count a try before it is looked at: tries at once are counted, too.

        :raise UserError: when there were too many
        """
        sources = self._get_sources()
        now = fields.Datetime.now()
        rows = self._execute_apart(
            SQL(
                """
                INSERT INTO mrp_operator_attempt AS attempt
                       (source, tries, date_start)
                VALUES %(values)s
                ON CONFLICT (source) DO UPDATE
                   SET tries = CASE WHEN attempt.date_start < %(since)s THEN 1
                                    ELSE attempt.tries + 1 END,
                       date_start = CASE WHEN attempt.date_start < %(since)s
                                         THEN %(now)s ELSE attempt.date_start END
                RETURNING source, tries, date_start
                """,
                values=SQL(", ").join(
                    SQL("(%s, 1, %s)", source, now) for source in sorted(sources)
                ),
                since=now - SPAN,
                now=now,
            )
        )
        ends = [start + SPAN for key, tries, start in rows if tries > sources[key]]
        if ends:
            raise UserError(
                self.env._(
                    "Too many wrong badges and PINs were tried on this device. It is "
                    "locked for %(minutes)s minutes; go on at another one, or ask a "
                    "supervisor.",
                    minutes=max(round((max(ends) - now).total_seconds() / 60), 1),
                )
            )

    @api.model
    def _refund(self):
        """It was right, or not even looked at: it does not count."""
        self._execute_apart(
            SQL(
                """
                UPDATE mrp_operator_attempt SET tries = GREATEST(tries - 1, 0)
                 WHERE source IN %s RETURNING source
                """,
                tuple(sorted(self._get_sources())),
            )
        )

    @api.model
    def _execute_apart(self, query):
        """Run it in a transaction of its own: what fails later does not undo it."""
        for _attempt in range(MOST_AT_ONCE):
            try:
                with self.env.registry.cursor() as cr:
                    cr.execute(query, log_exceptions=False)
                    return cr.fetchall()
            except psycopg2.errors.SerializationFailure:
                # another try was counted meanwhile: look again
                continue
        raise UserError(self.env._("Somebody else is trying it just now. Try again."))

    @api.autovacuum
    def _gc_attempts(self):
        self.search([("date_start", "<", fields.Datetime.now() - 2 * SPAN)]).unlink()
