from . import test_joint_cost
from . import test_vectors
from . import test_recipe
from . import test_order
from . import test_allocation
from . import test_reports
from . import test_random_runs
from . import test_ui
