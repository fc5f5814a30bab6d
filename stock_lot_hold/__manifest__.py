{
    "name": "Lot Hold and Release",
    "summary": "May this lot be used? Quarantine, release, hold and rejection of lots",
    "version": "19.0.1.0.1",
    "category": "Supply Chain/Inventory",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["stock"],
    "data": [
        "security/stock_lot_hold_groups.xml",
        "security/ir.model.access.csv",
        "security/stock_lot_hold_security.xml",
        "views/stock_lot_hold_log_views.xml",
        "views/stock_lot_views.xml",
        "views/stock_location_views.xml",
        "views/stock_quant_views.xml",
        "views/product_template_views.xml",
        "views/res_config_settings_views.xml",
        "wizards/stock_lot_decision_views.xml",
    ],
    "demo": [
        "demo/res_users_demo.xml",
        "demo/stock_lot_demo.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "stock_lot_hold/static/tests/tours/**/*",
        ],
    },
    "pre_init_hook": "pre_init_hook",
}
