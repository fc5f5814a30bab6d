from . import test_alert
from . import test_board
from . import test_changes
from . import test_expected
from . import test_pace
from . import test_random_shops
from . import test_ui
from . import test_week
