from . import page
from . import api
from . import file
