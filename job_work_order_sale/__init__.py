from . import models
from . import report
from . import wizards


def uninstall_hook(env):
    """Whoever sells sees jobs no longer."""
    seller = env.ref("sales_team.group_sale_salesman")
    seller.implied_ids -= env.ref("job_work_order.job_work_order_group_reader")
