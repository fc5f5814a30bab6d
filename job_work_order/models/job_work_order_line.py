from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import is_server

APPROVED_FIELDS = {
    "job_id",
    "product_id",
    "bom_id",
    "configuration_ids",
    "quantity",
    "product_uom_id",
    "make_subassemblies",
}


class JobWorkOrderLine(models.Model):
    """Something that is to be made for a job, in one or many runs."""

    _name = "job.work.order.line"
    _description = "Job Line"
    _order = "job_id, sequence, id"
    _check_company_auto = True

    job_id = fields.Many2one(
        "job.work.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="job_id.company_id", store=True, index=True, precompute=True
    )
    phase = fields.Selection(related="job_id.phase")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('type', '=', 'consu')]",
    )
    bom_id = fields.Many2one(
        "mrp.bom",
        string="Bill of Materials",
        compute="_compute_bom_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain="[('type', '=', 'normal'), '|', ('product_id', '=', product_id), '&', "
        "('product_id', '=', False), ('product_tmpl_id.product_variant_ids', '=', "
        "product_id)]",
    )
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    make_subassemblies = fields.Boolean(
        compute="_compute_make_subassemblies",
        store=True,
        readonly=False,
        precompute=True,
        help="Components that have a bill of materials are made for this job.",
    )
    run_size = fields.Float(
        string="Per Run",
        digits="Product Unit",
        help="Quantity of one run. 0: all in one.",
    )
    run_interval = fields.Float(
        string="Every (Days)", default=1.0, help="Days from one run to the next."
    )
    date_first = fields.Datetime(
        string="First Run", help="Empty: the start of the job."
    )
    run_ids = fields.One2many(
        "job.work.order.run", "line_id", string="Planned Runs", copy=True
    )
    production_ids = fields.One2many(
        "mrp.production", "job_line_id", string="Manufacturing Orders", readonly=True
    )
    note = fields.Char(string="Instructions")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of a job line has to be above 0."
    )
    _run_size_positive = models.Constraint(
        "CHECK (run_size >= 0 AND run_interval >= 0)",
        "Quantity per run and days between runs cannot be negative.",
    )

    # Compute

    @api.depends("product_id", "quantity", "product_uom_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (
                f"{line.job_id.name}: {line.quantity:.12g} "
                f"{line.product_uom_id.name or ''} {line.product_id.display_name or ''}"
            )

    @api.depends("product_id", "company_id")
    def _compute_bom_id(self):
        for company, lines in self.grouped("company_id").items():
            boms = self.env["mrp.bom"]._bom_find(
                lines.product_id, company_id=company.id, bom_type="normal"
            )
            for line in lines:
                line.bom_id = boms[line.product_id] if line.product_id else False

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = line.bom_id.product_uom_id or line.product_id.uom_id

    @api.depends("job_id.type_id")
    def _compute_make_subassemblies(self):
        for line in self:
            line.make_subassemblies = line.job_id.type_id.make_subassemblies

    # Constraints

    @api.constrains("product_id", "product_uom_id")
    def _check_unit(self):
        for line in self:
            if not line.product_uom_id._has_common_reference(line.product_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is counted in %(own)s, which cannot be converted "
                        "to %(unit)s. Choose another unit on the line.",
                        product=line.product_id.display_name,
                        own=line.product_id.uom_id.name,
                        unit=line.product_uom_id.name,
                    )
                )

    @api.constrains("product_id", "bom_id")
    def _check_bom(self):
        for line in self.filtered("bom_id"):
            bom = line.bom_id
            makes = bom.product_id or bom.product_tmpl_id.product_variant_ids
            if line.product_id not in makes:
                raise ValidationError(
                    self.env._(
                        "Bill of materials %(bom)s does not make %(product)s.",
                        bom=bom.display_name,
                        product=line.product_id.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not is_server(self):
            lines.job_id._check_open_to_edit()
        return lines

    def write(self, vals):
        if not is_server(self) and APPROVED_FIELDS & set(vals):
            self.job_id._check_open_to_edit()
            self._check_runs_kept(vals)
        return super().write(vals)

    def _check_runs_kept(self, vals):
        """What runs were made of stays, also while a job is revised."""
        if not {"product_id", "job_id", "product_uom_id"} & set(vals):
            return
        # sudo: runs count, whoever may see them
        for line in self.sudo():
            if line.production_ids:
                raise UserError(
                    self.env._(
                        "%(line)s has runs already. Add another line, and cancel runs "
                        "that are not wanted any more with Change Run.",
                        line=line.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_runs(self):
        for line in self:
            # sudo: runs count, whoever may see them
            if line.sudo().production_ids:
                raise UserError(
                    self.env._(
                        "%(line)s has runs and cannot be deleted. Cancel the runs with "
                        "Change Run.",
                        line=line.display_name,
                    )
                )
        self.job_id._check_open_to_edit()

    # Business

    def _get_missing(self):
        """:return: list of sentences, one for everything that is missing"""
        self.ensure_one()
        name = self.product_id.display_name
        missing = []
        if self.job_id.type_id.bom_required and not self.bom_id:
            missing.append(
                self.env._("Bill of materials for %(product)s", product=name)
            )
        if self.bom_id and not self.bom_id.active:
            missing.append(
                self.env._(
                    "A bill of materials for %(product)s that is in use: %(bom)s is "
                    "archived",
                    product=name,
                    bom=self.bom_id.display_name,
                )
            )
        # sudo: runs count, whoever may see them
        rows = self.sudo().run_ids.filtered(
            lambda row: row.production_id.state != "cancel"
        )
        planned = sum(rows.mapped("quantity"))
        if rows and self.product_uom_id.compare(planned, self.quantity):
            missing.append(
                self.env._(
                    "Runs of %(product)s that add up: %(planned)s are planned, "
                    "%(quantity)s ordered",
                    product=name,
                    planned=f"{planned:.12g}",
                    quantity=f"{self.quantity:.12g}",
                )
            )
        return missing
