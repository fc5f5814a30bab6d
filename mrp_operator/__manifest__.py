{
    "name": "Manufacturing Operators",
    "summary": "Who did it, for how long? Operators, their time and their cost",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_reason_code", "hr_hourly_cost"],
    "data": [
        "security/mrp_operator_groups.xml",
        "security/ir.model.access.csv",
        "security/mrp_operator_security.xml",
        "views/hr_employee_views.xml",
        "views/mrp_workorder_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
