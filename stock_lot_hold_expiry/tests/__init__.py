from . import test_expired
