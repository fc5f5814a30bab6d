from . import product_template, stock_lot
