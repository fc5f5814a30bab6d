from . import mrp_operator_time_report
