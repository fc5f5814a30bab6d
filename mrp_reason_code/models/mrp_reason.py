from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.scrap_cost import ABNORMAL, ALLOWANCE, NORMAL


class MrpReason(models.Model):
    """Why something was scrapped, stopped, late, reworked or overridden."""

    _name = "mrp.reason"
    _description = "Reason Code"
    _parent_store = True
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short and unique within a company, also for barcodes."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company", help="Empty: the reason may be used in every company."
    )
    parent_id = fields.Many2one(
        "mrp.reason",
        string="Heading",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('category', '=', category), ('id', '!=', id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("mrp.reason", "parent_id", string="Reasons")
    category = fields.Selection(
        [
            ("scrap", "Scrap"),
            ("delay", "Delay"),
            ("downtime", "Downtime"),
            ("rework", "Rework"),
            ("override", "Override"),
        ],
        required=True,
        default="scrap",
    )
    workcenter_ids = fields.Many2many(
        "mrp.workcenter",
        string="Work Centers",
        check_company=True,
        help="Empty: every work center.",
    )
    product_category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="The products of these categories and of those below them. Empty: every "
        "product.",
    )
    treatment = fields.Selection(
        [
            (NORMAL, "Normal"),
            (ALLOWANCE, "Normal up to an Allowance"),
            (ABNORMAL, "Abnormal"),
        ],
        default=NORMAL,
        required=True,
        help="Normal scrap stays in the cost of the run and is borne by the good "
        "output. Abnormal scrap is expensed at the cost reached when it was scrapped.",
    )
    allowance = fields.Float(
        string="Allowance (%)",
        digits=(16, 4),
        help="Up to this part of the units scrap is normal, what is above is abnormal.",
    )
    allowance_base = fields.Selection(
        [("inspected", "of Units Inspected"), ("good", "of Good Units")],
        default="inspected",
        required=True,
        help="Inspected units are the good ones and all those scrapped.",
    )
    note_required = fields.Boolean(help="Whoever uses the reason has to explain it.")
    supplier_caused = fields.Boolean(
        string="Caused by a Supplier", help="Proposed when the reason is chosen."
    )
    scrap_tag_id = fields.Many2one(
        "stock.scrap.reason.tag",
        index="btree_not_null",
        ondelete="set null",
        help="Odoo's own scrap reason that says the same: choosing one chooses the "
        "other.",
    )
    loss_id = fields.Many2one(
        "mrp.workcenter.productivity.loss",
        string="Productivity Loss",
        index="btree_not_null",
        ondelete="set null",
        help="Odoo's own loss reason that says the same: a work center blocked for it "
        "stands still for this reason.",
    )
    starter = fields.Boolean(
        readonly=True, copy=False, help="Came with the add-on; a company may hide it."
    )
    usable = fields.Boolean(compute="_compute_usable", search="_search_usable")

    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)", "This reason code exists already."
    )
    _allowance_percent = models.Constraint(
        "CHECK(allowance >= 0 AND allowance <= 100)",
        "The allowance of a reason is a percentage between 0 and 100.",
    )

    @api.depends("name", "code")
    def _compute_display_name(self):
        for reason in self:
            reason.display_name = f"[{reason.code}] {reason.name}"

    @api.depends("active", "starter", "child_ids.active")
    @api.depends_context("company")
    def _compute_usable(self):
        starters = self.env.company.mrp_starter_reasons
        for reason in self:
            reason.usable = (
                reason.active
                and not reason.child_ids
                and (starters or not reason.starter)
            )

    def _search_usable(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("child_ids", "=", False)
        if not self.env.company.mrp_starter_reasons:
            domain &= Domain("starter", "=", False)
        return domain if True in value else ~domain

    @api.constrains("code", "company_id")
    def _check_code(self):
        """A shared code is not used again by a company, nor the other way round."""
        # sudo: the codes of other companies count, too
        known = self.sudo().with_context(active_test=False)
        for reason in self:
            domain = [("code", "=", reason.code), ("id", "!=", reason.id)]
            if reason.company_id:
                domain.append(("company_id", "=", False))
            twin = known.search(domain, limit=1)
            if twin:
                raise ValidationError(
                    self.env._(
                        "The reason code %(code)s exists already: %(reason)s. Choose "
                        "another code.",
                        code=reason.code,
                        reason=twin.display_name,
                    )
                )

    @api.constrains("parent_id", "category")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A reason can not be below itself. Choose another heading.")
            )
        for reason in self | self.child_ids:
            if reason.parent_id and reason.parent_id.category != reason.category:
                raise ValidationError(
                    self.env._(
                        "%(reason)s is below %(heading)s: both need the same category.",
                        reason=reason.display_name,
                        heading=reason.parent_id.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for model, field in self._get_usage():
            # sudo: uses in other companies and of other people count, too
            used = (
                self.env[model]
                .sudo()
                .with_context(active_test=False)
                .search([(field, "in", self.ids)], limit=1)
            )
            if used:
                raise UserError(
                    self.env._(
                        "The reason %(reason)s is used by %(record)s. Archive it "
                        "instead of deleting it.",
                        reason=used[field].display_name,
                        record=used.display_name,
                    )
                )

    @api.model
    def _get_usage(self):
        """Hook: where reasons are used.

        :return: list of ``(model, field)``
        """
        return [
            ("stock.scrap", "mrp_reason_id"),
            ("mrp.operation.quantity", "reason_id"),
            ("mrp.delay.line", "reason_id"),
            ("mrp.baseline.change", "reason_id"),
            ("mrp.workcenter.productivity", "mrp_reason_id"),
        ]

    def _check_usable(self, categories, company, workcenters, product, note=""):
        """Raise unless the reason may be used here, now and by anybody.

        :param categories: codes of the categories that fit
        :param company: ``res.company`` it happened in
        :param workcenters: where it happened, as far as known: any of them will do
        :param product: ``product.product`` it happened to, maybe none
        :param str note: explanation given
        :raise UserError: naming the reason, the rule and the way out
        """
        for reason in self:
            # sudo: the rules of a reason hold for people who can not read it, too
            problem = reason.sudo()._get_misuse(
                categories, company, workcenters.sudo(), product.sudo(), note
            )
            if problem:
                raise UserError(problem)

    def _get_misuse(self, categories, company, workcenters, product, note):
        """:return: str, what forbids the use; None when nothing does"""
        self.ensure_one()
        name = self.display_name
        if not self.active:
            return self.env._(
                "The reason %(reason)s is archived. Choose another one.", reason=name
            )
        if self.company_id and self.company_id != company:
            return self.env._(
                "The reason %(reason)s belongs to %(other)s, not to %(company)s.",
                reason=name,
                other=self.company_id.display_name,
                company=company.display_name,
            )
        if self.category not in categories:
            return self.env._(
                "%(reason)s is a reason of the category %(category)s and does not fit "
                "here. Choose another one.",
                reason=name,
                category=self._get_category_name(),
            )
        if self.starter and not company.mrp_starter_reasons:
            return self.env._(
                "%(company)s does not use the starter set, which the reason "
                "%(reason)s is part of. Choose another one.",
                company=company.display_name,
                reason=name,
            )
        if self.child_ids:
            return self.env._(
                "%(reason)s is a heading. Choose one of the reasons below it.",
                reason=name,
            )
        if self.workcenter_ids and not self.workcenter_ids & workcenters:
            return self.env._(
                "The reason %(reason)s is meant for %(workcenters)s only.",
                reason=name,
                workcenters=", ".join(self.workcenter_ids.mapped("display_name")),
            )
        if product and not self._fits_product(product):
            return self.env._(
                "The reason %(reason)s is not meant for %(product)s, only for "
                "%(categories)s.",
                reason=name,
                product=product.display_name,
                categories=", ".join(self.product_category_ids.mapped("display_name")),
            )
        if self.note_required and not (note or "").strip():
            return self.env._(
                "The reason %(reason)s needs a note: say what happened.", reason=name
            )
        return None

    def _fits_product(self, product):
        path = product.categ_id.parent_path or ""
        above = {int(key) for key in path.split("/")[:-1]}
        return not self.product_category_ids or bool(
            above & set(self.product_category_ids.ids)
        )

    def _get_category_name(self):
        self.ensure_one()
        selection = self._fields["category"]._description_selection(self.env)
        return dict(selection)[self.category]

    def _get_terms(self):
        """Treatment of scrap, as copied onto what is scrapped for this reason.

        :return: dict; empty without a reason
        """
        # sudo: what is normal counts, whoever scraps
        reason = self.sudo()[:1]
        return (
            reason
            and {
                "treatment": reason.treatment,
                "allowance": reason.allowance,
                "base": reason.allowance_base,
            }
            or {}
        )
