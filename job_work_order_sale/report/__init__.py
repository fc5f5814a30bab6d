from . import job_margin_report
