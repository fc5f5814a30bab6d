from . import mrp_batch_record
