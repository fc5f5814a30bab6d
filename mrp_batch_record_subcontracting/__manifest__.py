{
    "name": "Manufacturing Batch Record: Subcontracting",
    "summary": "What happened, provably? Also at a subcontractor's",
    "version": "19.0.1.0.1",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_batch_record", "mrp_subcontracting"],
    "auto_install": True,
}
