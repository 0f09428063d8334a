"""Texts that are plainly of a format, for documents that people read."""

from __future__ import annotations

from typing import Final, NamedTuple

SAMPLES: Final = {
    "date": "2024-12-17",
    "date-time": "2024-12-17T12:30:00Z",
    "duration": "PT1H",
    "email": "ada@example.com",
    "hostname": "example.com",
    "idn-email": "ada@example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "iri": "https://example.com/",
    "iri-reference": "/path",
    "json-pointer": "/a/0",
    "regex": "^a+$",
    "relative-json-pointer": "1/a",
    "time": "12:30:00Z",
    "uri": "https://example.com/",
    "uri-reference": "/path",
    "uri-template": "https://example.com/{id}",
    "uuid": "7e57d004-2b97-4e7a-b45f-5387367791cd",
}

MISSES: Final = {
    "date": "2024-02-30",
    "date-time": "2024-12-17T25:00:00Z",
    "duration": "P",
    "email": "ada",
    "hostname": "-example.com",
    "idn-email": "ada",
    "idn-hostname": "-example.com",
    "ipv4": "192.0.2.256",
    "ipv6": "2001:db8:::1",
    "iri": "/path",
    "iri-reference": "\\\\path",
    "json-pointer": "a/0",
    "regex": "(",
    "relative-json-pointer": "-1",
    "time": "25:00:00Z",
    "uri": "/path",
    "uri-reference": "\\\\path",
    "uri-template": "{id",
    "uuid": "7e57d004-2b97-4e7a-b45f",
}
"""Texts that are just not of a format."""


class Texts(NamedTuple):
    """Texts of a format for packages where a Python type stands for it: some that the
    type holds, each in another spelling, and some that it does not hold."""

    held: tuple[str, ...]
    beyond: tuple[str, ...]


TYPED: Final = {
    "date-time": Texts(
        (
            "2024-12-17T12:30:00Z",
            "2024-12-17T12:30:00.250+05:30",
            "1999-12-31T23:59:59.9999990-00:00",
            "0001-01-01t00:00:00z",
        ),
        (
            "2016-12-31T23:59:60Z",
            "2024-12-17T12:30:00.1234567Z",
            "0000-12-17T12:30:00Z",
            "2024-12-17T12:30:00",
            "2024-12-17 12:30:00Z",
            "2024-12-17T25:00:00Z",
        ),
    ),
    "date": Texts(
        ("2024-12-17", "2024-02-29", "0001-01-01", "9999-12-31"),
        ("0000-12-17", "2024-02-30", "2024-12-17T12:30:00Z", "20241217"),
    ),
    "time": Texts(
        ("12:30:00Z", "23:59:59.50-08:00", "00:00:00z"),
        ("23:59:60Z", "12:30:00.1234567Z", "12:30:00", "25:00:00Z"),
    ),
    "duration": Texts(
        ("PT1H", "P3DT12H30M5S", "P2W", "PT0S", "P0001D", "PT90M"),
        ("P1Y", "P1M", "P1000000000D", "PT0.5S", "P", "-PT1H"),
    ),
    "uuid": Texts(
        (
            "7e57d004-2b97-4e7a-b45f-5387367791cd",
            "7E57D004-2b97-4E7A-B45F-5387367791CD",
            "00000000-0000-0000-0000-000000000000",
        ),
        ("7e57d004-2b97-4e7a-b45f", "7e57d0042b974e7ab45f5387367791cd"),
    ),
    "decimal": Texts(
        ("12.50", "-0", "+007.10", "1E-8", "0.1000000000000000055511151231257827021"),
        ("NaN", "Infinity", "1_000", "12,50", "", "1e99999999999999999999"),
    ),
    "byte": Texts(
        ("aGVsbG8=", "", "AA==", "+/+/"),
        ("AB==", "aGVsbG8", "aGVs\nbG8=", "-_-_"),
    ),
}
