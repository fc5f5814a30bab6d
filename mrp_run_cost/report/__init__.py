from . import mrp_run_cost_report
