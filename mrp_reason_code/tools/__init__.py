from .baseline import check_baseline_vals
from .scrap_cost import get_reached_costs
