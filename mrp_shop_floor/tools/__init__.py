from . import gs1
from .moment import Moment
