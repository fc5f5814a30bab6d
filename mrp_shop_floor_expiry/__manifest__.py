{
    "name": "Manufacturing Shop Floor: Expiry",
    "summary": "Expiry dates on the labels of containers",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "license": "LGPL-3",
    "author": "Job Work Order Suite Contributors",
    "depends": ["mrp_shop_floor", "product_expiry"],
    "auto_install": True,
}
