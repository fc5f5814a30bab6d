from . import mrp_operator_assign
from . import mrp_operator_closing
from . import mrp_operator_handover
from . import mrp_operator_identify
from . import mrp_operator_pin
from . import mrp_operator_sign_in
from . import mrp_time_correct
