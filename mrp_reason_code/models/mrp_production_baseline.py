from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import as_server, check_baseline_vals
from ..tools.baseline import BASELINE
from .mrp_delay import LATE_RUN

OPEN_STATES = ("confirmed", "progress", "to_close")


class MrpProduction(models.Model):
    """The frozen plan, and finishing later than it says."""

    _inherit = "mrp.production"

    baseline_start = fields.Datetime(
        string="Frozen Start",
        readonly=True,
        copy=False,
        help="Planned start when the order was confirmed. Odoo's own dates move on "
        "with what happens; lateness is told against this plan.",
    )
    baseline_end = fields.Datetime(
        string="Frozen End",
        readonly=True,
        copy=False,
        help="Planned end when the order was confirmed.",
    )
    baseline_change_ids = fields.One2many(
        "mrp.baseline.change", "production_id", string="Re-planned"
    )
    baseline_lateness = fields.Float(
        string="Late (Hours)",
        compute="_compute_baseline_lateness",
        search="_search_baseline_lateness",
        help="Hours after the frozen end: of the real end, or of now while it runs.",
    )

    @api.depends("baseline_end", "state", "date_finished")
    def _compute_baseline_lateness(self):
        now = fields.Datetime.now()
        for production in self:
            end = now if production.state in OPEN_STATES else production.date_finished
            late = 0.0
            if production.baseline_end and end and production.state != "cancel":
                late = (end - production.baseline_end).total_seconds() / 3600
            production.baseline_lateness = max(late, 0)

    def _search_baseline_lateness(self, operator, value):
        """Only whether an order is late: ``baseline_lateness > 0``."""
        if operator != ">" or value:
            return NotImplemented
        running = Domain("state", "in", OPEN_STATES)
        late = self._search([("state", "=", "done"), ("baseline_end", "!=", False)])
        late.add_where("mrp_production.date_finished > mrp_production.baseline_end")
        return running & Domain("baseline_end", "<", fields.Datetime.now()) | Domain(
            "id", "in", late
        )

    @api.model_create_multi
    def create(self, vals_list):
        # said here, so that no default of the caller's context says otherwise
        return super().create([vals | dict.fromkeys(BASELINE) for vals in vals_list])

    def write(self, vals):
        check_baseline_vals(self, vals)
        return super().write(vals)

    def action_confirm(self):
        drafts = self.filtered(lambda p: p.state == "draft")
        res = super().action_confirm()
        drafts._freeze_baseline()
        return res

    def _freeze_baseline(self):
        """Keep the planned dates of orders and of their operations."""
        for production in self:
            production._set_baseline(production.date_start, production.date_finished)
        self.workorder_ids._freeze_baseline()

    def _set_baseline(self, start, end):
        as_server(self).write({"baseline_start": start, "baseline_end": end})

    def _plan_workorders(self, replan=False):
        """The first planning of operations freezes them; the order's plan stays."""
        res = super()._plan_workorders(replan)
        if self.state in OPEN_STATES:
            self.workorder_ids.filtered(
                lambda wo: not wo.baseline_end and wo.state in ("blocked", "ready")
            )._freeze_baseline()
        return res

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        """A backorder is late against the plan of the order it comes from."""
        productions = super()._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        )
        origins = {order.production_group_id: order for order in self}
        for backorder in productions - self:
            origin = origins.get(backorder.production_group_id)
            if origin.baseline_end:
                backorder._set_baseline(origin.baseline_start, origin.baseline_end)
                backorder.workorder_ids._copy_baseline(origin.workorder_ids)
        return productions

    def action_merge(self):
        """The merged order keeps the earliest promise."""
        frozen = self.filtered("baseline_end")
        starts, ends = frozen.mapped("baseline_start"), frozen.mapped("baseline_end")
        action = super().action_merge()
        merged = self.browse(action["res_id"])
        if ends and merged.state != "draft":
            merged._set_baseline(min(starts), min(ends))
        return action

    def _replan_baseline(self, start, end, vals):
        """Freeze another plan, with the reason, and move Odoo's dates along.

        :param start: datetime, new planned start
        :param end: datetime, new planned end
        :param dict vals: ``reason_id``, ``note`` of ``mrp.baseline.change``
        :raise UserError: when the order does not run or the dates make no sense
        """
        for production in self:
            if production.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(order)s is not open: only open orders are re-planned.",
                        order=production.display_name,
                    )
                )
            if end <= start:
                raise UserError(
                    self.env._(
                        "The new end of %(order)s has to be after its new start.",
                        order=production.display_name,
                    )
                )
            delta = end - (production.baseline_end or end)
            production._log_baseline_change(start, end, vals)
            production._set_baseline(start, end)
            production.workorder_ids.filtered(
                lambda wo: wo.state not in ("done", "cancel")
            )._shift_baseline(delta)
            if production.state == "confirmed" and not production.is_planned:
                production.write({"date_start": start})
                production.write({"date_finished": end})

    def _log_baseline_change(self, start, end, vals):
        self.ensure_one()
        old = self.baseline_end
        # sudo: history is what the server saw, nobody writes it himself
        self.env["mrp.baseline.change"].sudo().create(
            {
                "production_id": self.id,
                "old_start": self.baseline_start,
                "old_end": old,
                "new_start": start,
                "new_end": end,
                "shift_hours": (end - old).total_seconds() / 3600 if old else 0,
                **vals,
            }
        )

    def button_mark_done(self):
        tracked = self.filtered(
            lambda p: p.company_id.mrp_delay_tracking and p.state != "done"
        )
        res = super().button_mark_done()
        delays = tracked.filtered(lambda p: p.state == "done")._open_late_run()
        if delays and res is True and self.env.context.get("ask_reason"):
            return delays._get_ask_action()
        return res

    def _open_late_run(self):
        """Record orders that finished later than their frozen plan and tolerance.

        :return: ``mrp.delay``
        """
        vals_list = []
        for production in self.filtered("baseline_end"):
            end = production.date_finished
            if production.company_id._get_lateness(production.baseline_end, end):
                vals_list.append(
                    {
                        "kind": LATE_RUN,
                        "production_id": production.id,
                        "company_id": production.company_id.id,
                        "user_id": self.env.uid,
                        "date_start": production.baseline_end,
                        "date_end": end,
                    }
                )
        # sudo: delays are what the server saw, nobody writes them himself
        return self.env["mrp.delay"].sudo().create(vals_list)

    def action_replan_baseline(self):
        """Open the dialog that freezes another plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Re-plan"),
            "res_model": "mrp.replan",
            "view_mode": "form",
            "target": "new",
            "context": {"default_production_id": self.id},
        }
