from . import tools
from . import models
from . import services
from . import controllers
from . import report
from . import wizards
