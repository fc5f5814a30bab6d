from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..tools.material import EXPECTED, SEVERITY


class MrpProduction(models.Model):
    """Whether a run has its material: the worst of its issues."""

    _inherit = "mrp.production"

    job_material_state = fields.Selection(
        [
            ("committed", "Committed"),
            ("available", "Available"),
            ("expected", "Expected"),
            ("short", "Short"),
        ],
        string="Material",
        compute="_compute_job_material",
    )
    job_material_date = fields.Datetime(
        string="Material Until", compute="_compute_job_material"
    )

    def _compute_job_material(self):
        ids = tuple(self.ids)
        worst = self._get_worst_material(SQL("run.id IN %s", ids), "run_id", ids)
        for run in self:
            run.job_material_state, run.job_material_date = worst[run.id]

    def _get_worst_material(self, asked, group, ids):
        """:param SQL asked: see ``_match_material``
        :param str group: column that tells whose issues belong together
        :param ids: groups asked for, those without issues included
        :return: dict from group to the worst status of its issues, and its date
        """
        answers = defaultdict(list)
        for row in self.env["stock.move"]._match_material(asked) if ids else ():
            answers[row[group]].append(row["answer"])
        return defaultdict(
            lambda: (False, False),
            {key: self._get_worst(own) for key, own in answers.items()},
        )

    def _get_worst(self, answers):
        state = max((answer[0] for answer in answers), key=SEVERITY.index)
        dates = [date for status, date, _missing in answers if status == EXPECTED]
        return state, max(dates) if state == EXPECTED else False
