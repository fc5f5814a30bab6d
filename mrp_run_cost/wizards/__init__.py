from . import change_production_qty
from . import mrp_account_wip_accounting
from . import mrp_run_wip
