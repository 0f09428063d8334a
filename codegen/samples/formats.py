"""Texts that are plainly of a format, for documents that people read."""

from __future__ import annotations

from typing import Final

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
