from . import test_tools
from . import test_qualification
from . import test_validation
from . import test_override
from . import test_gate
