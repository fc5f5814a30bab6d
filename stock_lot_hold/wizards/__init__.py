from . import stock_lot_decision
