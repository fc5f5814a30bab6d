from . import test_access, test_decisions, test_gathering, test_ui, test_use
