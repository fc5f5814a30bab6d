from .moment import Moment
