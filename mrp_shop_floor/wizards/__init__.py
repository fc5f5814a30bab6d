from . import mrp_shop_floor_settle
