from . import base
from . import labels
from . import taps
from . import journal
from . import run
from . import sign_in
from . import work
from . import supervisor
