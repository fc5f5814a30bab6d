from odoo import models
from odoo.exceptions import UserError

PERSON = ("operator_id", "user_id", "create_uid", "write_uid")


class MrpWorkcenterProductivity(models.Model):
    """No statistics by person where a company does not want any."""

    _inherit = "mrp.workcenter.productivity"

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Here, and not in views: groups come by RPC, too, and from other models."""
        if groupby_spec.partition(".")[0] in PERSON and not self.env.su:
            self._check_person_statistics()
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _check_person_statistics(self):
        for company in self.env.companies:
            if not company.mrp_person_statistics:
                raise UserError(
                    self.env._(
                        "%(company)s wants no statistics by person: time is not "
                        "grouped by who worked. Group it by work center or operation, "
                        "or leave this company out.",
                        company=company.name,
                    )
                )
