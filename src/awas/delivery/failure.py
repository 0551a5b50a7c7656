"""Why a message did not arrive."""


class DeliveryFailed(Exception):  # noqa: N818 - the house's word
    """`reason` is a short code that may be shown and logged: never an address, a secret or a server's own words.

    `permanent` means that trying again can't help. `unconfirmed`: it may have arrived, and the receiver couldn't tell
    a repetition, so nobody but a person may send it again.
    """

    def __init__(self, reason: str, *, permanent: bool, unconfirmed: bool = False) -> None:
        super().__init__(reason, permanent)
        self.reason = reason[:80]
        self.permanent = permanent
        self.unconfirmed = unconfirmed
