from . import job_revision
from . import job_run_change
