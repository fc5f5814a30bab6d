from . import test_expected
from . import test_random_shops
