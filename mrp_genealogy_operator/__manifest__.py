{
    "name": "Manufacturing Genealogy: Operators and Reasons",
    "summary": "Recall what an operator made, or what was made when something happened",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_genealogy", "mrp_operator"],
    "data": [
        "security/ir.model.access.csv",
        "security/mrp_genealogy_operator_security.xml",
        "views/mrp_recall_views.xml",
    ],
    "auto_install": True,
}
