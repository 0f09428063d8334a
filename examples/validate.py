"""Validate what you build, and read tolerantly what arrives.

PYTHONPATH=generated python examples/validate.py
"""

from __future__ import annotations

import openai_realtime as rt

# A constructor validates.
session = rt.RealtimeSession(voice=rt.Voice.SAGE, temperature=0.7)
print(session.to_json().decode())

# An invalid value raises, and the error lists all violations.
try:
    rt.RealtimeSession.from_dict(
        {"voice": "baritone", "temperature": 2, "modalities": "text"}
    )
except rt.ValidationError as error:
    for violation in error.violations:
        print(f"{violation.path:13} {violation.keyword:8} {violation.message}")

# A received frame is read even if it breaks the specification.
frame = b'{"type": "session.updated", "session": {"voice": "baritone", "tools": null}}'
event = rt.SERVER_EVENTS.decode(frame)
match event:
    case rt.RealtimeServerEventSessionUpdated(session=session):
        print("voice:", session.voice)
        for violation in rt.violations_of(event):
            print("drift:", violation.message)
    case rt.UnknownEvent(type=tag):
        print("unknown:", tag)
