"""Which of Apprise's services may be used: an allow-list. What isn't named here is refused.

Left out are those that act on this machine (desktops, system log, D-Bus, files, serial devices), those that publish to
the world (Mastodon, X, Reddit), e-mail, which has a channel of its own, and anything that runs commands. Where an
address names its own server, it may lead to the public internet alone (`apprise_child`). Pure.
"""


def _named(words: str) -> frozenset[str]:
    return frozenset(words.split())


MESSENGERS = _named(
    "tgram whatsapp whapi awswhatsapp gupshup evolution evolutions viber line zalo wechat signal signals threema "
    "kakao kakaotalk bale qq onebot onebots"
)
SMS = _named(
    "twilio vonage nexmo sinch msgbird plivo bulksms clickatell clicksend d7sms infobip kaleyra klr msg91 sns "
    "telesign telnyx httpsms seven smseagle smseagles smsmanager smsmgr smsc burstsms kudosity 46elks elks atalk cm "
    "exotel notifyre octopush ringc sendpulse voipms bulkvs"
)
PUSH_APPS = _named(
    "pover ntfy ntfys gotify gotifys pbul psafer psafers prowl simplepush spush bark barks pushy onesignal join "
    "pushdeer pushdeers wxpusher notica noticas"
)
TEAMS = _named(
    "slack discord workflow workflows gchat mmost mmosts rocket rockets zulip matrix matrixs webex wxteams "
    "nctalk nctalks feishu lark dingtalk flock cliq zcliq zohocliq guilded revolt ryver synology synologys "
    "humhub humhubs"
)
ON_CALL = _named("pagerduty opsgenie splunk victorops goalert goalerts signl4 pagertree ilert squadcast")
OWN_GATEWAY = _named("json jsons form forms apprise apprises")
"""An office's own program that passes messages on: what is posted there is JSON or a form."""

ALLOWED = MESSENGERS | SMS | PUSH_APPS | TEAMS | ON_CALL | OWN_GATEWAY

REFUSED_OPTIONS = frozenset(
    {"template", "include", "attach", "verify", "overflow", "redirect", "store", "retry", "wait"}
)
"""Options of an address that would read a file, switch off TLS's check, or send one message as several."""


def scheme_of(url: str) -> str:
    """The scheme of an Apprise URL in small letters; "" where there is none."""
    scheme, found, _ = url.strip().partition("://")
    return scheme.lower() if found and scheme.isascii() and scheme.isalnum() else ""


def options_of(url: str) -> frozenset[str]:
    """The names of an address's options."""
    return frozenset(part.partition("=")[0].lower().lstrip("+-:") for part in url.partition("?")[2].split("&") if part)


def ending_of(url: str) -> str:
    """The last four letters and digits, by which its owner knows the address again."""
    address = url.strip().partition("?")[0]
    return "".join(one for one in address if one.isalnum())[-4:]
