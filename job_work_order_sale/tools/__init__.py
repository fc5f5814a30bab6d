from .billing_plan import BillingPlan
