"""The string formats of JSON Schema 2020-12, each as a test of one text.

Only the standard library is used. A package holds this module only where it was
generated to assert formats; otherwise `format` says something and checks nothing.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from datetime import date as _calendar_date
from typing import Final

from ._formats_host import LDH, is_hostname, is_idn_hostname
from ._formats_regex import is_regex

# --- dates and times (RFC 3339) ----------------------------------------------------

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(?:\.[0-9]+)?"
    r"(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)
_DURATION: Final = re.compile(
    r"P(?:[0-9]+W"
    r"|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?"
    r"(?:(?<=[YMD])|(?=T))"
    r"(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?)"
)


def is_date(text: str) -> bool:
    """A day of the Gregorian calendar, `2024-02-29`."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    try:
        # 400 years later the calendar is the same, and there is a year 0 in RFC 3339.
        _calendar_date(year + 400 if year < 400 else year, month, day)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """A time with its offset; second 60 only where a leap second may be, in UTC."""
    match = _TIME.fullmatch(text)
    if match is None:
        return False
    hour, minute, second, sign, off_hour, off_minute = match.groups()
    if second != "60":
        return True
    minutes = int(hour) * 60 + int(minute)
    if sign is not None:
        offset = int(off_hour) * 60 + int(off_minute)
        minutes -= offset if sign == "+" else -offset
    return minutes % 1440 == 1439


def is_date_time(text: str) -> bool:
    """A date and a time with `T` between them."""
    return text[10:11] in ("T", "t") and is_date(text[:10]) and is_time(text[11:])


def is_duration(text: str) -> bool:
    """A duration as in appendix A of RFC 3339, `P1DT12H`."""
    return _DURATION.fullmatch(text) is not None


# --- addresses ---------------------------------------------------------------------


def is_ipv4(text: str) -> bool:
    """Four decimal numbers without leading zeros."""
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def is_ipv6(text: str) -> bool:
    """An address of RFC 4291, without zone."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return "%" not in text


_UUID: Final = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_uuid(text: str) -> bool:
    """The hyphenated form of RFC 9562, in either case."""
    return _UUID.fullmatch(text) is not None


# --- mail addresses (RFC 5321, RFC 6531) -------------------------------------------

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_MAIL: Final = re.compile(
    rf'((?:{_ATOM}+(?:\.{_ATOM}+)*)|"(?:[ !#-\[\]-~]|\\[ -~])*")@([^@]+|\[.*\])'
)
_IDN_MAIL: Final = re.compile(
    _MAIL.pattern.replace("A-Za-z0-9!", "A-Za-z0-9\x80-\U0010ffff!").replace(
        r"\]-~]", "\\]-~\x80-\U0010ffff]"
    )
)


def is_email(text: str) -> bool:
    """A mailbox of RFC 5321: a local part, `@`, and a domain or address literal."""
    match = _MAIL.fullmatch(text)
    return match is not None and _mailbox(match[1], match[2], LDH)


def is_idn_email(text: str) -> bool:
    """A mailbox of RFC 6531: as `email`, with non-ASCII text in both parts."""
    match = _IDN_MAIL.fullmatch(text)
    return match is not None and _mailbox(match[1], match[2], _IDN_LABEL)


_IDN_LABEL: Final = re.compile(
    "[A-Za-z0-9\x80-\U0010ffff](?:[A-Za-z0-9\x80-\U0010ffff-]*"
    "[A-Za-z0-9\x80-\U0010ffff])?"
)


def _mailbox(local: str, domain: str, label: re.Pattern[str]) -> bool:
    if len(local.encode("utf-8", "surrogatepass")) > 64:
        return False
    if domain.startswith("["):
        literal = domain[1:-1]
        if literal[:5].lower() == "ipv6:":
            return domain.endswith("]") and is_ipv6(literal[5:])
        return domain.endswith("]") and is_ipv4(literal)
    return all(label.fullmatch(part) for part in domain.split("."))


# --- references (RFC 3986, RFC 3987, RFC 6570) -------------------------------------

_UCS: Final = (
    "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14))
    + "\U000e1000-\U000efffd"
)
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"


def _reference(extra: str, private: str) -> re.Pattern[str]:
    unreserved = rf"A-Za-z0-9._~\-{extra}"
    delims = r"!$&'()*+,;="
    char = rf"(?:[{unreserved}{delims}:@]|%[0-9A-Fa-f]{{2}})"
    name = rf"(?:[{unreserved}{delims}]|%[0-9A-Fa-f]{{2}})*"
    user = rf"(?:(?:[{unreserved}{delims}:]|%[0-9A-Fa-f]{{2}})*@)?"
    return re.compile(
        r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*:)?"
        rf"(?://{user}(?:\[(?P<literal>[^\]]*)\]|{name})(?::[0-9]*)?(?=[/?#]|\Z)"
        rf"|(?!//))(?P<path>(?:{char}|/)*)"
        rf"(?:\?(?:{char}|[/?{private}])*)?(?:#(?:{char}|[/?])*)?"
    )


_URI: Final = _reference("", "")
_IRI: Final = _reference(_UCS, _PRIVATE)
_FUTURE: Final = re.compile(r"[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:\-]+")


def _is_reference(pattern: re.Pattern[str], text: str, absolute: bool) -> bool:
    match = pattern.fullmatch(text)
    if match is None:
        return False
    scheme, literal = match["scheme"], match["literal"]
    if literal is not None and not (is_ipv6(literal) or _FUTURE.fullmatch(literal)):
        return False
    if scheme is not None:
        return True
    # Without a scheme the first segment of a path holds no colon.
    return not absolute and (
        text.startswith("//") or ":" not in match["path"].split("/", 1)[0]
    )


def is_uri(text: str) -> bool:
    """A URI of RFC 3986, with its scheme."""
    return _is_reference(_URI, text, absolute=True)


def is_uri_reference(text: str) -> bool:
    """A URI or a relative reference of RFC 3986."""
    return _is_reference(_URI, text, absolute=False)


def is_iri(text: str) -> bool:
    """An IRI of RFC 3987, with its scheme."""
    return _is_reference(_IRI, text, absolute=True)


def is_iri_reference(text: str) -> bool:
    """An IRI or a relative reference of RFC 3987."""
    return _is_reference(_IRI, text, absolute=False)


_VARIABLE: Final = (
    r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*"
    r"(?:\*|:[1-9][0-9]{0,3})?"
)
_TEMPLATE: Final = re.compile(
    rf"""(?:[^\x00-\x20"%<>\\^`{{|}}\x7f-\x9f]|%[0-9A-Fa-f]{{2}}"""
    rf"""|\{{[+#./;?&=,!@|]?{_VARIABLE}(?:,{_VARIABLE})*\}})*"""
)
_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_RELATIVE_POINTER: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)")


def is_uri_template(text: str) -> bool:
    """A template of RFC 6570, of any level."""
    return _TEMPLATE.fullmatch(text) is not None


def is_json_pointer(text: str) -> bool:
    """A pointer of RFC 6901."""
    return _POINTER.fullmatch(text) is not None


def is_relative_json_pointer(text: str) -> bool:
    """A pointer that starts some levels up, `1/name` or `0#`."""
    return _RELATIVE_POINTER.fullmatch(text) is not None


FORMATS: Final[dict[str, Callable[[str], bool]]] = {
    "date": is_date,
    "date-time": is_date_time,
    "duration": is_duration,
    "email": is_email,
    "hostname": is_hostname,
    "idn-email": is_idn_email,
    "idn-hostname": is_idn_hostname,
    "ipv4": is_ipv4,
    "ipv6": is_ipv6,
    "iri": is_iri,
    "iri-reference": is_iri_reference,
    "json-pointer": is_json_pointer,
    "regex": is_regex,
    "relative-json-pointer": is_relative_json_pointer,
    "time": is_time,
    "uri": is_uri,
    "uri-reference": is_uri_reference,
    "uri-template": is_uri_template,
    "uuid": is_uuid,
}
"""A test for each format, by its name; values that are no strings are always valid."""

NOT_ASSERTED: Final[dict[str, str]] = {
    "binary": "it marks a body of bytes, which JSON cannot hold",
    "byte": "it names an encoding, which `contentEncoding` annotates",
    "double": "every JSON number is one to the reader that takes it so",
    "float": "every JSON number is one to the reader that takes it so",
    "int32": "it narrows numbers; write `minimum` and `maximum` to enforce it",
    "int64": "it narrows numbers; write `minimum` and `maximum` to enforce it",
    "password": "it is advice to user interfaces",
}
"""Formats of OpenAPI that stay annotations even where formats are asserted, and why."""
