{
    "name": "Manufacturing Genealogy and Recall",
    "summary": "Where did it come from, where did it go? Lot genealogy and recall",
    "version": "19.0.1.0.3",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp", "stock_lot_hold"],
    "data": [
        "security/ir.model.access.csv",
        "security/mrp_genealogy_security.xml",
        "data/ir_cron_data.xml",
        "report/mrp_recall_report.xml",
        "views/mrp_genealogy_edge_views.xml",
        "views/mrp_genealogy_backfill_views.xml",
        "views/stock_lot_distribution_views.xml",
        "views/mrp_recall_line_views.xml",
        "views/mrp_recall_contact_views.xml",
        "views/mrp_recall_views.xml",
        "views/mrp_production_views.xml",
        "views/stock_location_views.xml",
        "views/stock_lot_views.xml",
        "views/stock_move_line_views.xml",
        "views/mrp_genealogy_menus.xml",
    ],
    "demo": [
        "demo/mrp_genealogy_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "mrp_genealogy/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "mrp_genealogy/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "mrp_genealogy/static/tests/tours/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
}
