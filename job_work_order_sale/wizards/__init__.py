from . import job_invoice
from . import job_quote
from . import job_billing_trace
