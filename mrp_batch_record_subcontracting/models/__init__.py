from . import mrp_batch_record
from . import mrp_workorder
