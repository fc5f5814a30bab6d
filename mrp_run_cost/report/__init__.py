from . import mrp_report_mo_overview
from . import mrp_run_cost_report
