from .time_door import TimeDoor
