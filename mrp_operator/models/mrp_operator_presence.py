from odoo import api, fields, models
from odoo.exceptions import UserError


class MrpOperatorPresence(models.Model):
    """An operator who is, or was, signed in at a work center."""

    _name = "mrp.operator.presence"
    _description = "Operator at a Work Center"
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _rec_name = "operator_id"

    def _group_workcenters(self, workcenters, domain):
        """Show the work centers at which nobody is, too."""
        companies = [*self.env.companies.ids, False]
        return self.env["mrp.workcenter"].search([("company_id", "in", companies)])

    operator_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        group_expand="_group_workcenters",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date_start = fields.Datetime(string="From", required=True, readonly=True)
    date_end = fields.Datetime(string="To", readonly=True)
    is_capped = fields.Boolean(
        string="Capped",
        readonly=True,
        help="Did not sign out: was signed out at the end of the shift.",
    )
    workorder_ids = fields.Many2many(
        "mrp.workorder", string="Works On", compute="_compute_workorder_ids"
    )
    hours = fields.Float(compute="_compute_hours")

    _once_at_a_time = models.UniqueIndex(
        "(operator_id, workcenter_id) WHERE date_end IS NULL",
        "Somebody can not be signed in twice at the same work center.",
    )

    def _compute_workorder_ids(self):
        """What somebody who is there works on, at this work center."""
        logs = self.env["mrp.workcenter.productivity"].search(
            [("operator_id", "in", self.operator_id.ids), ("date_end", "=", False)]
        )
        for presence in self:
            presence.workorder_ids = not presence.date_end and (
                logs.filtered(
                    lambda log, here=presence: (
                        log.operator_id == here.operator_id
                        and log.workcenter_id == here.workcenter_id
                    )
                ).workorder_id
            )

    @api.depends("date_start", "date_end")
    def _compute_hours(self):
        now = fields.Datetime.now()
        for presence in self:
            length = (presence.date_end or now) - presence.date_start
            presence.hours = length.total_seconds() / 3600

    @api.model
    def _get_open(self, operators, workcenters=None):
        """:return: where these people are signed in"""
        domain = [("operator_id", "in", operators.ids), ("date_end", "=", False)]
        if workcenters is not None:
            domain.append(("workcenter_id", "in", workcenters.ids))
        return self.search(domain)

    @api.model
    def _sign_in(self, operators, workcenter):
        """Sign people in at a work center, unless they are.

        :return: their presences
        """
        # sudo: presence is what the server saw, nobody writes it himself
        presences = self.sudo()
        self.env["mrp.workorder"]._check_operators(operators, "start")
        for operator in operators.sudo():
            own = workcenter.sudo().company_id
            if own and own != operator.company_id:
                raise UserError(
                    self.env._(
                        "%(operator)s works for %(company)s, which %(workcenter)s does "
                        "not belong to.",
                        operator=operator.name,
                        company=operator.company_id.name,
                        workcenter=workcenter.display_name,
                    )
                )
        known = presences._get_open(operators, workcenter)
        return known | presences.create(
            [
                {
                    "operator_id": operator.id,
                    "workcenter_id": workcenter.id,
                    "company_id": operator.company_id.id,
                    "date_start": fields.Datetime.now(),
                }
                for operator in operators.sudo() - known.operator_id
            ]
        )

    def _end(self, end=None, **values):
        """:param datetime end: by default now"""
        end = end or fields.Datetime.now()
        for presence in self:
            presence.write({"date_end": max(end, presence.date_start), **values})

    def _sign_out(self):
        """Sign out, and stop what runs at the work center."""
        # sudo: presence is what the server saw, nobody writes it himself
        presences = self.sudo().filtered(lambda p: not p.date_end)
        for presence in presences:
            presence.workorder_ids._stop_operators(presence.operator_id)
        presences._end()

    def action_sign_out(self):
        """Sign somebody out: oneself, or as a supervisor anybody."""
        self.check_access("read")
        self.operator_id._check_own_or_supervisor()
        self._sign_out()
        return True
