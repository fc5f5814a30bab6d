{
    "name": "Manufacturing Batch Record: Expiry",
    "summary": "Expiry dates of what was used and made, in batch records",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_batch_record", "product_expiry"],
    "auto_install": True,
}
