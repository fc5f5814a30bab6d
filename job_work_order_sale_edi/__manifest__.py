{
    "name": "Job Work Order: Electronic Invoices",
    "summary": "Which job, order and deposit is this e-invoice about?",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["job_work_order_sale", "account_edi_ubl_cii"],
    "data": [
        "data/cii_22_templates.xml",
    ],
    "auto_install": True,
}
