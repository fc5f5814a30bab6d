from . import mrp_output_label_report
