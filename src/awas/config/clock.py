from awas.clock import *  # noqa: F403
from awas.clock import mapped, now, real_now  # noqa: F401
