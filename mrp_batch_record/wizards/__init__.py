from . import (
    change_production_qty,
    mrp_batch_signer,
    mrp_batch_anchor_check,
    mrp_batch_correct,
    mrp_batch_decision,
    mrp_batch_erase,
    mrp_batch_result,
    mrp_batch_sign,
)
