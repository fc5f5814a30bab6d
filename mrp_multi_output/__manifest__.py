{
    "name": "Manufacturing Multiple Outputs",
    "summary": "What comes out, at what cost? Co-products, by-products and waste",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_run_cost"],
    "data": [
        "security/ir.model.access.csv",
        "security/mrp_multi_output_security.xml",
        "data/mrp_multi_output_data.xml",
        "views/mrp_bom_views.xml",
        "views/mrp_joint_cost_views.xml",
        "views/mrp_production_views.xml",
        "views/product_valuation_price_views.xml",
        "views/stock_location_views.xml",
        "report/mrp_output_report_views.xml",
    ],
    "demo": [
        "demo/product_demo.xml",
        "demo/product_valuation_price_demo.xml",
        "demo/mrp_bom_demo.xml",
        "demo/mrp_bom_awp_demo.xml",
        "demo/mrp_production_demo.xml",
        "demo/mrp_production_awp_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "mrp_multi_output/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "mrp_multi_output/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "mrp_multi_output/static/tests/tours/**/*",
        ],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
