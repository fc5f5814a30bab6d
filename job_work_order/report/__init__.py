from . import ir_actions_report
from . import job_cost_report
