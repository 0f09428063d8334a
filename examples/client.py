"""A client that asks one spoken question and shows what was said.

    PYTHONPATH=generated python examples/client.py ws://127.0.0.1:8765

It sends a `session.update` and some audio, which constructors validate, dispatches
received events to handlers, and ends with the response.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import sys
from dataclasses import dataclass, field
from typing import Any

import openai_realtime_ga as rt
from websockets.asyncio.client import connect

RATE = 24_000
"""Samples a second of the audio, of two bytes each."""

Heard = rt.RealtimeServerEventConversationItemInputAudioTranscriptionCompleted
"""What the user said, in words."""


@dataclass
class Conversation:
    """What was said, and how the session went."""

    voice: str = ""
    lines: list[str] = field(default_factory=list)
    audio: bytearray = field(default_factory=bytearray)
    problems: list[str] = field(default_factory=list)
    finished: bool = False

    def listen(self) -> rt.Dispatcher[Any]:
        """A dispatcher that writes down what matters here."""
        dispatcher = rt.SERVER_EVENTS.dispatcher()
        words: list[str] = []

        @dispatcher.on(rt.RealtimeServerEventSessionUpdated)
        def updated(event: rt.RealtimeServerEventSessionUpdated) -> None:
            self.voice = voice_of(event.session)

        @dispatcher.on(Heard)
        def heard(event: Heard) -> None:
            self.lines.append(f"user: {event.transcript}")

        @dispatcher.on(rt.RealtimeServerEventResponseAudioTranscriptDelta)
        def said(event: rt.RealtimeServerEventResponseAudioTranscriptDelta) -> None:
            words.append(event.delta)

        @dispatcher.on(rt.RealtimeServerEventResponseAudioDelta)
        def sounded(event: rt.RealtimeServerEventResponseAudioDelta) -> None:
            self.audio += event.delta_bytes

        @dispatcher.on(rt.RealtimeServerEventResponseDone)
        def done(event: rt.RealtimeServerEventResponseDone) -> None:
            self.lines.append(f"assistant: {''.join(words)}")
            self.finished = True

        @dispatcher.on(rt.RealtimeServerEventError)
        def failed(event: rt.RealtimeServerEventError) -> None:
            self.problems.append(f"error: {event.error.message}")
            self.finished = True

        @dispatcher.on_unknown
        def unknown(event: rt.UnknownEvent) -> None:
            self.problems.append(f"unknown event: {event.type}")

        @dispatcher.on_drift
        def drifted(event: object, violations: list[rt.Violation]) -> None:
            found = "; ".join(violation.message for violation in violations)
            self.problems.append(f"{type(event).__name__}: {found}")

        return dispatcher


def voice_of(session: rt.SessionReport) -> str:
    """The voice of a conversation; no voice where the session only transcribes."""
    match session:
        case rt.RealtimeSessionCreateResponseGA(audio=rt.ReportedAudio(output=output)):
            return (output and output.voice) or ""
        case _:
            return ""


async def talk(url: str, voice: rt.Voice) -> Conversation:
    """Ask one question and listen until it is answered."""
    conversation = Conversation()
    dispatcher = conversation.listen()
    audio = rt.SessionAudio(output=rt.SessionAudioOutput(voice=voice, speed=1.1))
    update = rt.RealtimeClientEventSessionUpdate(
        session=rt.RealtimeSessionCreateRequestGA(audio=audio)
    )
    silence = base64.b64encode(bytes(RATE // 10 * 2)).decode()
    question = rt.RealtimeClientEventInputAudioBufferAppend(audio=silence)
    # Closing waits for the server, which may have more to say than a bounded queue
    # takes once nobody listens any more.
    async with connect(url, max_queue=None) as connection:
        for event in (update, question):
            await connection.send(rt.CLIENT_EVENTS.encode(event), text=True)
        async for frame in connection:
            await dispatcher.dispatch_async(frame)
            if conversation.finished:
                break
    return conversation


def main() -> None:
    """Talk, and print the transcript."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("url", nargs="?", default="ws://127.0.0.1:8765")
    options.add_argument("--voice", type=rt.Voice, default=rt.Voice.MARIN)
    chosen = options.parse_args()
    conversation = asyncio.run(talk(chosen.url, chosen.voice))
    for problem in conversation.problems:
        print(problem, file=sys.stderr)
    for line in conversation.lines:
        print(line)
    seconds = len(conversation.audio) / 2 / RATE
    print(f"({seconds:.2f} s of audio, voice {conversation.voice})")


if __name__ == "__main__":
    main()
