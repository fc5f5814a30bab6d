from . import mrp_reason_report
