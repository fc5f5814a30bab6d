from odoo import fields, models
from odoo.tools import SQL

from ..tools import Clock, TimeDoor, share_time
from ..tools.time_door import SHARE, STOP

FOREVER = "infinity"


class MrpWorkcenterProductivity(models.Model):
    """What the clocks of operators add up to, and what it costs."""

    _inherit = "mrp.workcenter.productivity"

    def _get_labour_seconds(self):
        self.ensure_one()
        return self.seconds if self.operator_id else super()._get_labour_seconds()

    def _get_spans(self):
        """:return: list of ``(operator id, start, end)`` that share time with others"""
        return [
            (log.operator_id.id, log.date_start, log.date_end)
            for log in self
            if log._is_tracked_work() and log.active and not log.is_estimated
        ]

    def _share_time(self, before=(), stopped=False):
        """Charge what these logs, and those that share time with them, take.

        :param before: what ``_get_spans`` was before they changed: others may have
            shared time with them then
        :param bool stopped: whether all that changed is that they do not run any more
        """
        if TimeDoor.name_of(self.env) in (SHARE, STOP):
            return
        seconds = {
            log: (log._get_whole_seconds(), 0)
            for log in self
            if log.operator_id and log.active and log.date_end
        }
        spans = [*before, *self._get_spans()]
        if spans:
            sharing = self._find_sharing(spans, stopped)
            shared = sharing._get_shares(changed=self)
            seconds |= {log: part for log, part in shared.items() if log.date_end}
        for log in self:
            if log.seconds and log not in seconds:
                seconds[log] = (0, 0)
        if seconds:
            self._charge(seconds)

    def _get_whole_seconds(self):
        return round((self.date_end - self.date_start).total_seconds())

    def _find_sharing(self, spans, stopped=False):
        """:return: logs of the same operators that overlap these spans, directly or
        through other logs
        :param bool stopped: whether ends that are not written yet are those of clocks
            that still run as far as PostgreSQL knows: it finds who shared time with
            them while they ran, and they are written once, with what they are charged
        """
        names = ["operator_id", "date_start", "active", "is_estimated"]
        self.flush_model(names if stopped else [*names, "date_end"])
        rows = SQL(", ").join(
            SQL("(%s, %s::timestamp, %s::timestamp)", operator, start, end or FOREVER)
            for operator, start, end in set(spans)
        )
        query = SQL(
            """
            WITH RECURSIVE span (operator_id, date_start, date_end) AS (
                VALUES %(rows)s
            ), sharing AS (
                SELECT NULL::integer AS id, operator_id, date_start, date_end FROM span
                UNION
                SELECT log.id, log.operator_id, log.date_start,
                       COALESCE(log.date_end, 'infinity'::timestamp)
                  FROM sharing
                  JOIN mrp_workcenter_productivity log
                    ON log.operator_id = sharing.operator_id
                   AND log.date_start < sharing.date_end
                   AND COALESCE(log.date_end, 'infinity'::timestamp)
                       > sharing.date_start
                 WHERE log.active AND log.is_estimated IS NOT TRUE
            )
            SELECT id FROM sharing WHERE id IS NOT NULL ORDER BY id
            """,
            rows=rows,
        )
        # sudo: what somebody did elsewhere at the same time counts, seen or not
        logs = self.sudo()
        return logs.browse(row[0] for row in logs.env.execute_query(query))

    def _get_shares(self, changed=None, until=None):
        """:return: dict from log to ``(regular, overtime)`` in whole seconds
        :param changed: logs that may change although their order is done
        """
        shares = {}
        working = self._get_working_hours(until)
        for operator, logs in self.grouped("operator_id").items():
            clocks = [log._get_clock(changed or self.browse()) for log in logs]
            shares |= share_time(clocks, working.get(operator), until)
        return shares

    def _get_clock(self, changed):
        self.ensure_one()
        order = self.workorder_id.production_id
        by_quantity = self.company_id.mrp_time_share == "quantity"
        booked = order.state == "done" and self.date_end and self not in changed
        return Clock(
            key=self,
            start=self.date_start,
            end=self.date_end or None,
            weight=order.product_qty if by_quantity else 1,
            fixed=(self.seconds - self.overtime_seconds, self.overtime_seconds)
            if booked
            else None,
        )

    def _charge(self, seconds):
        """Write down time and cost.

        :param dict seconds: ``(regular, overtime)`` per log
        """
        # sudo: seconds and cost follow from the clocks, whoever stops them
        changed = self.sudo()
        with TimeDoor.opened(self.env, SHARE):
            for log, (regular, overtime) in seconds.items():
                log = log.sudo()
                vals = {"seconds": regular + overtime, "overtime_seconds": overtime}
                vals |= log._prepare_cost(regular, overtime, log in changed)
                vals = {name: new for name, new in vals.items() if log[name] != new}
                if vals:
                    log.write(vals)

    def _prepare_cost(self, regular, overtime, changed):
        """:return: values of rate and cost; what is booked stays as it is
        :param bool changed: whether the log itself changed, rather than a neighbour
        """
        self.ensure_one()
        if self.account_move_line_id or self.workorder_id.production_state == "done":
            return {}
        rate, factor = self.labor_rate, self.overtime_factor
        if changed and self.company_id._costs_labor() and not rate:
            rate, factor = self.operator_id._get_labor_rate()
        if not rate:
            return {}
        cost = rate * (regular + factor * overtime) / 3600
        return {
            "labor_rate": rate,
            "overtime_factor": factor,
            "labor_cost": self.currency_id.round(cost),
        }

    # Clocks

    def _close(self):
        """Stop clocks. Those of operators are stopped together.

        Not by core's method: it judges an overrun by the sum of all clocks, by which a
        crew of two is late after half of the expected time.
        """
        operated = self.filtered(lambda log: log._is_tracked_work())
        rest = self - operated
        if rest:
            super(MrpWorkcenterProductivity, rest)._close()
        if operated:
            operated._close_clocks(fields.Datetime.now())
        return None

    def _close_clocks(self, end, **values):
        """:param datetime end: when they stopped
        :param values: what else is written on them
        """
        running = self.filtered(lambda log: not log.date_end)
        spans = running._get_spans()
        with TimeDoor.opened(self.env, STOP) as door:
            late = running.filtered(lambda log: log.date_start > end)
            (running - late).write({"date_end": end, **values})
            for log in late:
                log.write({"date_end": log.date_start, **values})
            running._split_overrun()
        (running | door.logs)._share_time(spans, stopped=True)

    def _split_overrun(self):
        """From the moment an operation took longer than expected, speed was reduced."""
        loss = None
        for workorder, logs in self.grouped("workorder_id").items():
            moment = workorder and workorder._get_overrun_moment()
            productive = logs.filtered(lambda log: log.loss_type == "productive")
            if not moment or not productive:
                continue
            # stopping is never refused: without such a loss everything is productive
            loss = loss or self.env["mrp.workcenter.productivity.loss"].search(
                [("loss_type", "=", "performance")], limit=1
            )
            for log in productive if loss else ():
                if log.date_start >= moment:
                    log.loss_id = loss
                elif log.date_end > moment:
                    log.copy(
                        {
                            "date_start": moment,
                            "loss_id": loss.id,
                            "is_capped": log.is_capped,
                        }
                    )
                    log.date_end = moment

    def _get_running_seconds(self, now):
        """:return: seconds that these clocks, which run, take until now"""
        before = self.filtered(lambda log: log.date_start < now)
        if not before:
            return 0
        shares = self._find_sharing(before._get_spans())._get_shares(until=now)
        # sudo: seconds of all are added up, whoever works
        return sum(sum(shares.get(log, (0, 0))) for log in before.sudo())
