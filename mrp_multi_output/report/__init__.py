from . import mrp_output_report
from . import mrp_report_bom_structure
from . import mrp_report_mo_overview
