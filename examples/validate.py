"""Validate what you build, and read what arrives, whatever it is.

PYTHONPATH=generated python examples/validate.py
"""

from __future__ import annotations

import openai_realtime as rt

# What a program builds is valid by construction.
session = rt.RealtimeSession(voice=rt.Voice.SAGE, temperature=0.7)
print(session.to_json().decode())

# What is not raises, with all violations at once.
try:
    rt.RealtimeSession.from_dict(
        {"voice": "baritone", "temperature": 2, "modalities": "text"}
    )
except rt.ValidationError as error:
    for violation in error.violations:
        print(f"{violation.path:13} {violation.keyword:8} {violation.message}")

# What arrives is read even where it breaks the specification.
frame = b'{"type": "session.updated", "session": {"voice": "baritone", "tools": null}}'
event = rt.SERVER_EVENTS.decode(frame)
match event:
    case rt.RealtimeServerEventSessionUpdated(session=session):
        print("voice:", session.voice)
        for violation in rt.violations_of(event):
            print("drift:", violation.message)
    case rt.UnknownEvent(type=tag):
        print("unknown:", tag)
