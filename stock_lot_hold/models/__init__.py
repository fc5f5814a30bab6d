from . import (
    product_product,
    product_template,
    res_company,
    res_config_settings,
    stock_location,
    stock_lot,
    stock_lot_hold_log,
    stock_move,
    stock_move_line,
    stock_quant,
)
