from odoo import fields, models


class MrpProduction(models.Model):
    """What a run may tell the customer of its job."""

    _inherit = "mrp.production"

    def _get_job_facts(self, job_line):
        """Call it with ``sudo``: see ``account.move._get_job_paper``.

        :return: dict of names, quantities and dates, never a cost
        """
        self.ensure_one()
        finished = self.state == "done" and self.date_finished
        # hours are told to those who pay for them
        timed = job_line.pricing_method == "time"
        return {
            "job": job_line.job_id.name,
            "name": self.name,
            "product": job_line.product_id.display_name,
            "made": self._get_job_made(job_line),
            "unit": job_line.product_uom_id.name,
            "lots": self._get_job_lots().mapped("name"),
            "date": finished
            and fields.Datetime.context_timestamp(self, finished).date(),
            "operations": self._get_job_operations(),
            "hours": (
                sum(hours for *_who, hours in self._get_job_hours(job_line))
                if timed
                else 0.0
            ),
        }

    def _get_job_operations(self):
        """:return: list of the names of what was done, in its order"""
        workorders = self.workorder_ids.filtered(lambda w: w.state != "cancel")
        return list(dict.fromkeys(workorders.mapped("name")))
