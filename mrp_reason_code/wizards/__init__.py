from . import mrp_quantity_declare
from . import mrp_replan
