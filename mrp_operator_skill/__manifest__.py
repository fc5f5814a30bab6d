{
    "name": "Manufacturing Operator Skills",
    "summary": "Who may do it? Qualifications that operations ask for, and a gate",
    "version": "19.0.1.1.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_operator", "hr_skills"],
    "data": [
        "security/ir.model.access.csv",
        "security/mrp_operator_skill_security.xml",
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "views/mrp_skill_requirement_views.xml",
        "views/mrp_skill_override_views.xml",
        "views/mrp_skill_exception_views.xml",
        "views/hr_employee_skill_views.xml",
        "views/hr_employee_views.xml",
        "views/mrp_production_views.xml",
        "views/mrp_routing_views.xml",
        "views/mrp_workcenter_views.xml",
        "views/mrp_workorder_views.xml",
        "views/res_config_settings_views.xml",
        "views/mrp_operator_skill_menus.xml",
    ],
    "demo": [
        "demo/mrp_operator_skill_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "mrp_operator_skill/static/src/**/*",
        ],
        "web.assets_tests": [
            "mrp_operator_skill/static/tests/tours/**/*",
        ],
    },
}
