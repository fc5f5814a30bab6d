{
    "name": "Lot Hold and Release: Expiration",
    "summary": "May this lot be used? Not once it has expired",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["stock_lot_hold", "product_expiry"],
    "data": [
        "data/ir_cron_data.xml",
        "views/product_template_views.xml",
    ],
    "auto_install": True,
}
