from .time_door import TimeDoor
from .time_share import Clock, get_moment, share_time
