{
    "name": "Job Work Order: E-Invoices",
    "summary": "UBL and Factur-X name job, customer's order, deposits and late fees",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["job_work_order_sale", "account_edi_ubl_cii"],
    "data": ["data/cii_templates.xml"],
    "auto_install": True,
}
