from . import (
    mrp_genealogy_backfill,
    mrp_genealogy_edge,
    mrp_production,
    mrp_recall,
    mrp_recall_contact,
    mrp_recall_export,
    mrp_recall_line,
    res_company,
    stock_lot,
    stock_lot_distribution,
    stock_move,
    stock_move_line,
)
