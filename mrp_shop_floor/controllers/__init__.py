from . import page
from . import api
