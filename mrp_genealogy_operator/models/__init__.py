from . import mrp_recall
