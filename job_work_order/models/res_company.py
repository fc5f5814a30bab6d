from odoo import api, fields, models

PRESETS = {
    "simple": {
        "job_approval": False,
        "mrp_scrap_reason_required": False,
        "mrp_delay_tracking": False,
        "mrp_operator_tracking": False,
        "lot_release_policy": "none",
    },
    "food": {
        "job_approval": True,
        "mrp_scrap_reason_required": True,
        "mrp_delay_tracking": True,
        "mrp_operator_tracking": True,
        "lot_release_policy": "both",
    },
    "parts": {
        "job_approval": True,
        "mrp_scrap_reason_required": True,
        "mrp_delay_tracking": True,
        "mrp_operator_tracking": True,
        "lot_release_policy": "received",
    },
}


class ResCompany(models.Model):
    _inherit = "res.company"

    job_approval = fields.Boolean(
        string="Jobs Need Approval",
        help="Jobs are approved as their type and the approval rules say before any of "
        "their runs can be confirmed. Off: a job is approved by submitting it.",
    )
    job_auto_replenish = fields.Boolean(
        string="Replenish Jobs at Approval",
        help="When a job is approved, its runs are planned and what is short is asked "
        "for through Odoo's procurement. Off: with the buttons Plan and Replenish. "
        "Types of jobs can say otherwise.",
    )
    job_preset = fields.Selection(
        [
            ("simple", "Simple Shop"),
            ("food", "Food & Chemical"),
            ("parts", "Parts"),
        ],
        string="Kind of Factory",
        help="The settings that were switched on together.",
    )

    job_first_day_hidden = fields.Boolean(string="First Day Hidden")
    job_target_throughput = fields.Float(string="Runs a Week")
    job_target_on_time = fields.Float(string="On Time (%)")
    job_target_yield = fields.Float(string="Yield (%)")
    job_target_first_pass = fields.Float(string="First-Pass Yield (%)")
    job_target_oee = fields.Float(string="OEE (%)")
    job_target_lost_hours = fields.Float(
        string="Hours Lost a Week", help="To reasons of all kinds, at most."
    )
    job_target_overtime = fields.Float(
        string="Hours over Calendar a Week", help="Of all operators together, at most."
    )

    _job_targets_positive = models.Constraint(
        """CHECK (LEAST(job_target_throughput, job_target_on_time, job_target_yield,
                        job_target_first_pass, job_target_oee, job_target_lost_hours,
                        job_target_overtime) >= 0)""",
        "Targets of the dashboard cannot be negative. 0: no target.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_job_sequence()
        return companies

    def _create_job_sequence(self):
        """Give companies numbers of their own for jobs."""
        # sudo: whoever makes a company need not manage sequences
        sequences = self.env["ir.sequence"].sudo()
        known = sequences.search(
            [("code", "=", "job.work.order"), ("company_id", "in", self.ids)]
        ).company_id
        sequences.create(
            [
                {
                    "name": f"{company.name}: job work orders",
                    "code": "job.work.order",
                    "prefix": "JOB/%(range_year)s/",
                    "padding": 4,
                    "use_date_range": True,
                    "company_id": company.id,
                }
                for company in self - known
            ]
        )

    def _get_next_job_number(self):
        self.ensure_one()
        sequences = self.env["ir.sequence"].with_company(self)
        number = sequences.next_by_code("job.work.order")
        if not number:
            # somebody deleted the sequence
            self._create_job_sequence()
            number = sequences.next_by_code("job.work.order")
        return number

    def _apply_job_preset(self, preset):
        """Switch on together what this kind of factory needs.

        Types, rules and whatever else was set up stay as they are.
        """
        self.write(dict(PRESETS[preset], job_preset=preset))
