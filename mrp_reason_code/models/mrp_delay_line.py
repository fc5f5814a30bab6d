from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MrpDelayLine(models.Model):
    _name = "mrp.delay.line"
    _description = "Reason of a Stop or Late Finish"
    _order = "delay_id, weight desc, id"
    _check_company_auto = True

    delay_id = fields.Many2one(
        "mrp.delay", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="delay_id.company_id", store=True, index=True)
    reason_id = fields.Many2one(
        "mrp.reason",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('category', 'in', ('delay', 'downtime')), ('usable', '=', True)]",
    )
    weight = fields.Float(
        string="Share", default=1.0, help="The reasons share the time in proportion."
    )
    seconds = fields.Integer(readonly=True)
    minutes = fields.Float(compute="_compute_minutes", store=True)
    note = fields.Char()
    supplier_caused = fields.Boolean(
        string="Caused by a Supplier",
        compute="_compute_supplier_caused",
        store=True,
        readonly=False,
    )
    supplier_id = fields.Many2one(
        "res.partner",
    )
    user_id = fields.Many2one(
        "res.users", string="By", default=lambda self: self.env.user, readonly=True
    )

    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The share of a reason has to be positive."
    )

    @api.depends("seconds")
    def _compute_minutes(self):
        for line in self:
            line.minutes = line.seconds / 60

    @api.depends("reason_id")
    def _compute_supplier_caused(self):
        for line in self:
            line.supplier_caused = line.reason_id.supplier_caused

    @api.constrains("reason_id", "note", "delay_id")
    def _check_reason(self):
        for line in self:
            delay = line.delay_id
            line.reason_id._check_usable(
                ("delay", "downtime"),
                delay.company_id,
                delay.workcenter_id or delay.production_id.workorder_ids.workcenter_id,
                delay.product_id,
                line.note,
            )
            twins = delay.line_ids.filtered(lambda other, line=line: other != line)
            if line.reason_id in twins.reason_id:
                raise ValidationError(
                    self.env._(
                        "%(reason)s is given twice. Raise its share instead.",
                        reason=line.reason_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # said here, so that no default of the caller's context says otherwise
            own = {"seconds": 0, "user_id": self.env.uid}
            vals_list = [vals | own for vals in vals_list]
        lines = super().create(vals_list)
        lines.delay_id._on_classified()
        return lines

    def write(self, vals):
        self._check_may_classify()
        forged = (
            set(vals)
            - {"reason_id", "weight", "note"}
            - {
                "supplier_caused",
                "supplier_id",
            }
        )
        if forged and not self.env.su:
            raise UserError(
                self.env._(
                    "Only the reason, its share, its note and its supplier are given; "
                    "the time of %(delay)s is what was recorded.",
                    delay=self[:1].delay_id.display_name,
                )
            )
        if "reason_id" in vals:
            self._log_given_up()
        res = super().write(vals)
        if "weight" in vals:
            # sudo: the time a reason bears follows from its share
            self.delay_id.sudo()._share_seconds()
        return res

    def unlink(self):
        self._check_may_classify()
        self._log_given_up()
        delays = self.delay_id
        res = super().unlink()
        # sudo: as above
        delays.sudo()._share_seconds()
        return res

    def _log_given_up(self):
        """Keep reasons that are replaced."""
        for line in self:
            # sudo: the record of a stop is the server's
            line.delay_id.sudo()._message_log(
                body=self.env._(
                    "No longer given: %(reason)s %(note)s",
                    reason=line.reason_id.display_name,
                    note=line.note or "",
                )
            )

    def _check_may_classify(self):
        if not self.env.su:
            self.delay_id._check_may_classify()
