from awas.chance import *  # noqa: F403
from awas.chance import salt, token  # noqa: F401
