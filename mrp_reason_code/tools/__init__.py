from .baseline import check_baseline_vals
from .scrap_cost import get_abnormal_part, get_reached_costs
from .server_write import as_server, is_server
from .shift import get_shift_end
