"""By which names the house answers."""

from urllib.parse import urlsplit

MACHINE = ("localhost", "127.0.0.1", "[::1]")


def hosts(given: str, url: str) -> list[str]:
    """Host names that requests may carry: those given, else the public address and this very machine.

    Without either nobody has said yet where the house stands (a first try in a local
    network), and every name is answered; links in mails carry the public address all the same.
    """
    if given:
        return [name.strip() for name in given.split(",") if name.strip()]
    name = urlsplit(url).hostname
    return [name, *MACHINE] if name else ["*"]
