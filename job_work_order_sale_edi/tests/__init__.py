from . import test_edi
