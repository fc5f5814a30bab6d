from odoo import api, models


class MrpSkillOverride(models.Model):
    """A decision or review after the run was recorded comes as an entry."""

    _inherit = "mrp.skill.override"

    def write(self, vals):
        res = super().write(vals)
        if {"state", "review_state"} & vals.keys():
            # sudo: what was decided counts, whoever decides
            for override in self.sudo():
                record = override.production_id._get_executed_records()
                if record:
                    record._add(
                        "override", {record: record._prepare_override(override)}
                    )
        return res


class MrpSkillException(models.Model):
    """What is noticed after the run was recorded comes as an entry."""

    _inherit = "mrp.skill.exception"

    @api.model_create_multi
    def create(self, vals_list):
        exceptions = super().create(vals_list)
        # sudo: what was noticed counts, whoever worked
        for exception in exceptions.sudo():
            record = exception.production_id._get_executed_records()
            if record:
                record._add("exception", {record: record._prepare_exception(exception)})
        return exceptions
