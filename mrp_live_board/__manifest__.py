{
    "name": "Manufacturing Live Board",
    "summary": "Where is everything right now, when will it be done?",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_operator", "bus"],
    "data": [
        "security/mrp_live_board_groups.xml",
        "security/ir.model.access.csv",
        "security/mrp_live_board_security.xml",
    ],
    "post_init_hook": "post_init_hook",
}
