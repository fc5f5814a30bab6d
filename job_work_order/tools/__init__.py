from .server_write import as_server, as_user, is_server
from .material import Demand, Supply, match_supply
