from odoo.addons.stock_lot_hold.tools import Mark, Phase

# runs are being posted; their edges are written once, at the end
POSTING = Phase("mrp_genealogy_posting")
# a distribution event is being written down
RECORDING = Mark("mrp_genealogy_recording")
