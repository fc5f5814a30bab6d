from .marks import DECIDING, MOVING_HELD, Mark
