from odoo import api, fields, models
from odoo.exceptions import UserError

DRAFT = "draft"
PUBLISHED = "published"
REPLACED = "replaced"
CONTENT = {"body", "document", "document_name", "operation_id", "version", "state"}


class MrpOperationInstruction(models.Model):
    """How an operation is done: text, pictures, a PDF. A published version stays."""

    _name = "mrp.operation.instruction"
    _description = "Instructions of an Operation"
    _order = "operation_id, version desc"
    _check_company_auto = True

    operation_id = fields.Many2one(
        "mrp.routing.workcenter",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="operation_id.company_id", store=True)
    version = fields.Integer(readonly=True, copy=False, default=1)
    body = fields.Html(
        string="Instructions",
        help="What has to be done, with pictures where they help.",
    )
    document = fields.Binary(string="PDF", attachment=True)
    document_name = fields.Char()
    change_note = fields.Char(string="What Changed")
    state = fields.Selection(
        [
            (DRAFT, "Draft"),
            (PUBLISHED, "Published"),
            (REPLACED, "Replaced"),
        ],
        default=DRAFT,
        required=True,
        readonly=True,
        copy=False,
    )
    published_date = fields.Datetime(readonly=True, copy=False)
    published_user_id = fields.Many2one(
        "res.users", string="Published By", readonly=True, copy=False
    )

    _one_published = models.UniqueIndex(
        "(operation_id) WHERE state = 'published'",
        "An operation has one published version of its instructions.",
    )
    _version_uniq = models.UniqueIndex(
        "(operation_id, version)", "This version of the instructions exists already."
    )

    @api.depends("operation_id", "version")
    def _compute_display_name(self):
        for instruction in self:
            instruction.display_name = self.env._(
                "%(operation)s, version %(version)s",
                operation=instruction.operation_id.name or "",
                version=instruction.version,
            )

    @api.model_create_multi
    def create(self, vals_list):
        last = {}
        clean = []
        for vals in vals_list:
            operation = vals.get("operation_id")
            if operation not in last:
                last[operation] = max(
                    self.search([("operation_id", "=", operation)]).mapped("version"),
                    default=0,
                )
            last[operation] += 1
            clean.append(vals | {"version": last[operation], "state": DRAFT})
        return super().create(clean)

    def write(self, vals):
        """What was published stays as people worked by it."""
        fixed = self.filtered(lambda i: i.state != DRAFT)
        if fixed and CONTENT & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "%(instruction)s is published and stays as people worked by it. "
                    "Use New Version.",
                    instruction=fixed[0].display_name,
                )
            )
        if {"state", "version"} & vals.keys() and not self.env.su:
            raise UserError(self.env._("Use Publish to put instructions in force."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for instruction in self:
            if instruction.state != DRAFT:
                raise UserError(
                    self.env._(
                        "%(instruction)s was published and is kept.",
                        instruction=instruction.display_name,
                    )
                )

    def action_publish(self):
        """Put the version in force; the one before is replaced."""
        self.check_access("write")
        for instruction in self:
            if instruction.state != DRAFT:
                raise UserError(
                    self.env._(
                        "%(instruction)s was published already.",
                        instruction=instruction.display_name,
                    )
                )
            # sudo: the state is written by publishing alone
            draft = instruction.sudo()
            draft.operation_id.instruction_ids.filtered(
                lambda i: i.state == PUBLISHED
            ).state = REPLACED
            draft.flush_model(["state"])
            draft.write(
                {
                    "state": PUBLISHED,
                    "published_date": fields.Datetime.now(),
                    "published_user_id": self.env.uid,
                }
            )
        return True

    def action_new_version(self):
        """Copy the version to a draft that can be changed, and open it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Version"),
            "res_model": self._name,
            "res_id": self.copy({"change_note": False}).id,
            "view_mode": "form",
        }
