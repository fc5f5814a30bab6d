from odoo import api, fields, models


class MrpProduction(models.Model):
    """What is known about people who were not qualified."""

    _inherit = "mrp.production"

    skill_override_ids = fields.One2many("mrp.skill.override", "production_id")
    skill_exception_ids = fields.One2many("mrp.skill.exception", "production_id")
    skill_override_count = fields.Integer(compute="_compute_skill_counts")
    skill_exception_count = fields.Integer(compute="_compute_skill_counts")

    @api.depends("skill_override_ids", "skill_exception_ids")
    def _compute_skill_counts(self):
        for field, model in (
            ("skill_override_count", "mrp.skill.override"),
            ("skill_exception_count", "mrp.skill.exception"),
        ):
            groups = self.env[model]._read_group(
                [("production_id", "in", self.ids)], ["production_id"], ["__count"]
            )
            counts = {production.id: count for production, count in groups}
            for production in self:
                production[field] = counts.get(production._origin.id, 0)

    def _get_pending_release_reasons(self):
        """Hook: what keeps what was made from being released.

        Never what keeps it from being made: rooms above add to it with ``super()``.

        :return: list of str
        """
        # sudo: what is pending counts for everybody
        pending = self.sudo().skill_override_ids.filtered(
            lambda override: override.review_state == "pending"
        )
        return [
            self.env._(
                "%(override)s: done without a supervisor, and not reviewed yet.",
                override=override.display_name,
            )
            for override in pending
        ]

    def _post_inventory(self, cancel_backorder=False):
        res = super()._post_inventory(cancel_backorder)
        self.workorder_ids._record_nobody()
        return res

    def action_view_skill_overrides(self):
        """Open the overrides of these orders."""
        return self._view_skill_records("mrp_operator_skill.mrp_skill_override_action")

    def action_view_skill_exceptions(self):
        """Open what was done without qualification."""
        return self._view_skill_records("mrp_operator_skill.mrp_skill_exception_action")

    def _view_skill_records(self, action):
        action = self.env["ir.actions.act_window"]._for_xml_id(action)
        return action | {"domain": [("production_id", "in", self.ids)], "context": {}}
