from . import mrp_output_label_print
from . import mrp_shop_floor_settle
