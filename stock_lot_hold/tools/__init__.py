from .gathering import forget_gathered, gathering_once, get_gathered
from .marks import DECIDING, MOVING_HELD, Mark, Phase
