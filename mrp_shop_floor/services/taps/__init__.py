from .base import TAPS, Tap, TapRefused
from . import time
from . import quantity
from . import material
from . import undo
