"""Sends one message through Apprise, in a process of its own: a program by itself, which imports nothing of ours.

A hundred services' code by many hands, with somebody's URL as its argument, must not read this server's files, start
its programs or reach its neighbours; and it may hang, so that it has to be ended from outside. Here it may open the
files of Python and the certificates, connect to public addresses, and nothing else: an audit hook can't be taken off
again. What the fence stops is an error of the service, never a message.

In: JSON `{"url", "title", "body", "allow_private", "check"}`. Out: JSON `{"problem", "service", "targets"}` and, unless
`check`, `{"sent", "status", "lost"}`: the last HTTP status, and whether the line broke when something may have arrived.
Must never write the URL, a server's words or a trace.
"""

import contextlib
import io
import ipaddress
import json
import os
import resource
import socket
import sys
from pathlib import Path
from typing import Any

MEMORY = 1 << 30
SECONDS = 20
NEVER = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "pty.", "ctypes.dlopen")
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
WRITES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "shutil.")


def is_public(host: str) -> bool:
    """As `awas.delivery.addresses.is_public`, which this program can't import; a test holds them equal."""
    address = ipaddress.ip_address(host.partition("%")[0])
    found: list[Any] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        found += [one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one is not None]
        if address in ipaddress.IPv6Network("64:ff9b::/96"):
            found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in found)


def confine() -> None:
    """So much memory, so many seconds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


class Fence:
    """What the services' code may do from here on."""

    def __init__(self, allow_private: bool) -> None:
        self.allow_private = allow_private
        self.stopped = ""
        python = {os.path.realpath(one) for one in (sys.prefix, sys.base_prefix, Path(os.__file__).parent)}
        system = ("/etc/ssl", "/usr/share/zoneinfo", "/usr/share/ca-certificates", "/usr/lib/ssl")
        names = ("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/dev/null")
        self.readable = tuple(f"{one}/" for one in (*python, *system)) + names

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._file(*arguments)
        elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            self._address(arguments[1])
        elif event == "socket.bind" or event.startswith((*NEVER, *WRITES)):
            self._stop("not_allowed")

    def _file(self, path: Any, _mode: Any, flags: Any) -> None:
        if isinstance(path, int):
            return
        place = os.path.realpath(os.fsdecode(path))
        if not place.startswith(self.readable) or flags & CHANGES:
            self._stop("not_allowed")

    def _address(self, address: Any) -> None:
        if not isinstance(address, tuple):  # a socket of this machine
            self._stop("private_address")
        if not self.allow_private and not is_public(str(address[0])):
            self._stop("private_address")

    def _stop(self, why: str) -> None:
        self.stopped = self.stopped or why
        raise PermissionError(why)


class Line:
    """How the last exchange ended: `status` of an answer, or `lost` where something may have arrived without one."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.lost = False

    def listen(self) -> None:
        """From here on, of every request."""
        import requests  # noqa: PLC0415 - after the limits
        from requests.adapters import HTTPAdapter  # noqa: PLC0415

        real = HTTPAdapter.send

        def send(adapter: Any, *arguments: Any, **named: Any) -> Any:
            self.status, self.lost = None, False
            try:
                answer = real(adapter, *arguments, **named)
            except requests.RequestException as broken:
                self.lost = not never_reached(broken)
                raise
            self.status = answer.status_code
            return answer

        HTTPAdapter.send = send  # type: ignore[assignment, method-assign]


def never_reached(broken: BaseException | None) -> bool:
    """Whether an exchange failed before anything was said: no name, no connection, no trust."""
    names: set[str] = set()
    while broken is not None and len(names) < 10:
        names |= {one.__name__ for one in type(broken).__mro__}
        inner = next((one for one in broken.args if isinstance(one, BaseException)), None)
        broken = getattr(inner, "reason", None) or inner or broken.__cause__ or broken.__context__
    return bool(names & {"ConnectTimeout", "NewConnectionError", "NameResolutionError", "SSLError", "PermissionError"})


def outcome(asked: dict[str, Any]) -> dict[str, Any]:
    """What became of it."""
    import apprise  # noqa: PLC0415 - after the limits

    asset = apprise.AppriseAsset(secure_logging=True, storage_mode=apprise.PersistentStoreMode.MEMORY)
    line = Line()
    line.listen()
    apprise.Apprise.instantiate("json://localhost")  # loads the code of all services, and may keep it compiled
    ready_for_tls()
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    fence = Fence(bool(asked["allow_private"]))
    sys.addaudithook(fence)
    service = apprise.Apprise.instantiate(asked["url"], asset=asset, suppress_exceptions=True)
    if service is None:
        return {"problem": "not_understood"}
    found = {"problem": "", "service": str(service.service_name), "targets": len(service)}
    if asked.get("check"):
        return found
    service.overflow_mode = apprise.OverflowMode.TRUNCATE
    sent = bool(service.notify(body=asked["body"], title=asked["title"]))
    return {**found, "sent": sent, "status": line.status, "lost": line.lost, "problem": "" if sent else fence.stopped}


def ready_for_tls() -> None:
    """Loads what the first connection would load, codecs of names among it."""
    import ssl  # noqa: PLC0415

    "x".encode("idna")
    ssl.create_default_context()
    socket.getaddrinfo("127.0.0.1", 80)


def main() -> None:
    """Reads standard input, writes standard output, and nothing to standard error."""
    confine()
    asked = json.load(sys.stdin)
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        try:
            answer = outcome(asked)
        except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError, MemoryError) as broken:
            answer = {"problem": f"broke_{type(broken).__name__}", "sent": False, "status": None, "lost": True}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
