from . import test_rounding
from . import test_issue_replay
from . import test_plan
from . import test_run_cost
from . import test_run_entry
from . import test_late_cost
from . import test_wip
from . import test_access
