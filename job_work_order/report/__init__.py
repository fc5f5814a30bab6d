from . import job_cost_report
