from .marks import COMPLETING, DECIDING, Mark
from .triggers import keep_append_only
from .values import Person, decimal_text, reference, utc_text
