from .base import TAPS, Tap, TapRefused, tap
from . import time
from . import quantity
from . import material
from . import note
from . import undo
from . import help
from . import sign
