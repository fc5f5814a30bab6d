from .edges import write_edges
from .marks import POSTING, RECORDING
from .trace import BACKWARD, FORWARD, trace
