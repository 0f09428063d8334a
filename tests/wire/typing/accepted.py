"""What both type checkers accept without a word, in strict mode."""

from __future__ import annotations

import dataclasses
from typing import assert_never, assert_type

import openai_realtime as rt


def describe(frame: bytes | str | dict[str, object]) -> str:
    """Every event of the server is dealt with."""
    event = rt.SERVER_EVENTS.decode(frame)
    match event:
        case rt.RealtimeServerEventError(error=error):
            return error.message
        case rt.RealtimeServerEventSessionCreated(session=session):
            assert_type(session, rt.RealtimeSession)
            return session.id or ""
        case rt.RealtimeServerEventSessionUpdated(session=session):
            return session.voice.value if session.voice else ""
        case rt.RealtimeServerEventConversationCreated():
            return event.type
        case rt.RealtimeServerEventConversationItemCreated(item=item):
            assert_type(item, rt.RealtimeConversationItem)
            return item.type
        case (
            rt.RealtimeServerEventConversationItemInputAudioTranscriptionCompleted()
            | rt.RealtimeServerEventConversationItemInputAudioTranscriptionFailed()
            | rt.RealtimeServerEventConversationItemTruncated()
            | rt.RealtimeServerEventConversationItemDeleted()
        ):
            return event.item_id
        case (
            rt.RealtimeServerEventInputAudioBufferCommitted()
            | rt.RealtimeServerEventInputAudioBufferCleared()
            | rt.RealtimeServerEventInputAudioBufferSpeechStarted()
            | rt.RealtimeServerEventInputAudioBufferSpeechStopped()
        ):
            return event.event_id
        case (
            rt.RealtimeServerEventResponseCreated()
            | rt.RealtimeServerEventResponseDone()
        ):
            return event.response.id or ""
        case (
            rt.RealtimeServerEventResponseOutputItemAdded()
            | rt.RealtimeServerEventResponseOutputItemDone()
            | rt.RealtimeServerEventResponseContentPartAdded()
            | rt.RealtimeServerEventResponseContentPartDone()
        ):
            return event.response_id
        case (
            rt.RealtimeServerEventResponseTextDelta(delta=delta)
            | rt.RealtimeServerEventResponseAudioTranscriptDelta(delta=delta)
            | rt.RealtimeServerEventResponseAudioDelta(delta=delta)
            | rt.RealtimeServerEventResponseFunctionCallArgumentsDelta(delta=delta)
        ):
            return delta
        case (
            rt.RealtimeServerEventResponseTextDone()
            | rt.RealtimeServerEventResponseAudioTranscriptDone()
            | rt.RealtimeServerEventResponseAudioDone()
            | rt.RealtimeServerEventResponseFunctionCallArgumentsDone()
        ):
            return event.item_id
        case rt.RealtimeServerEventRateLimitsUpdated(rate_limits=limits):
            return str([limit.remaining for limit in limits])
        case rt.UnknownEvent(type=tag, raw=raw):
            return f"{tag}: {raw}"
        case _:
            assert_never(event)


def threshold(session: rt.RealtimeSession) -> float | None:
    """What is absent or null is false."""
    if session.turn_detection:
        return session.turn_detection.threshold
    return None


class Said(rt.RealtimeSession):
    """A user's own, complete when it is made."""

    secret: str = dataclasses.field(default="", repr=False)

    def __post_init__(self) -> None:
        print(self.secret, self.voice)


dispatcher = rt.SERVER_EVENTS.dispatcher()


@dispatcher.on(rt.RealtimeServerEventResponseDone)
def done(event: rt.RealtimeServerEventResponseDone) -> None:
    assert_type(event.response, rt.RealtimeResponse)


@dispatcher.on(rt.RealtimeServerEventResponseDone)
async def done_later(event: rt.RealtimeServerEventResponseDone) -> None:
    print(event.response.usage)


@dispatcher.on("response.done")
def by_tag(event: rt.RealtimeServerEventResponseDone) -> None:
    print(event)


@dispatcher.on(
    rt.RealtimeServerEventResponseTextDelta, rt.RealtimeServerEventResponseAudioDelta
)
def of_two(
    event: (
        rt.RealtimeServerEventResponseTextDelta
        | rt.RealtimeServerEventResponseAudioDelta
    ),
) -> None:
    print(event.delta)


@dispatcher.on("response.*", "error")
def by_pattern(event: rt.ServerEvent) -> None:
    print(event.event_id)


@dispatcher.on(10)
def by_number(event: rt.ServerEvent) -> None:
    print(event.event_id)


dispatcher.require_all()


class Created(rt.RealtimeServerEventSessionCreated):
    """A user's own, with an attribute that is not sent."""

    note: str = ""

    def voice(self) -> rt.Voice | None:
        """What a user wants of it."""
        return self.session.voice


class Updated(rt.RealtimeServerEventSessionUpdated):
    """Another."""


mine = rt.SERVER_EVENTS.with_classes(
    {rt.RealtimeServerEventSessionCreated: Created, "session.updated": Updated}
)
also_mine = rt.SERVER_EVENTS.with_classes([Created, Updated])
created = Created(event_id="e", session=rt.RealtimeSession(), note="n")


@mine.dispatcher().on(Created)
def of_mine(event: Created) -> None:
    print(event.voice(), event.note)


def answered(event: rt.ClientEvent | rt.UnknownEvent) -> str:
    """The union of a table is a name of its own."""
    match event:
        case rt.RealtimeClientEventSessionUpdate(session=session):
            return session.instructions or ""
        case rt.RealtimeClientEventInputAudioBufferAppend(audio=audio):
            return audio
        case (
            rt.RealtimeClientEventInputAudioBufferCommit()
            | rt.RealtimeClientEventInputAudioBufferClear()
            | rt.RealtimeClientEventConversationItemCreate()
            | rt.RealtimeClientEventConversationItemTruncate()
            | rt.RealtimeClientEventConversationItemDelete()
            | rt.RealtimeClientEventResponseCreate()
            | rt.RealtimeClientEventResponseCancel()
        ):
            return event.type
        case rt.UnknownEvent(type=tag):
            return str(tag)
        case _:
            assert_never(event)


@dispatcher.on_any
def anything(event: object) -> None:
    print(event)


@dispatcher.on_unknown
async def unknown(event: rt.UnknownEvent) -> None:
    print(event.raw["type"])


@dispatcher.on_drift
def drifted(event: object, violations: list[rt.Violation]) -> None:
    print([violation.path for violation in violations])


session = rt.RealtimeSession(voice=rt.Voice.SAGE, temperature=0.7)
assert_type(session.temperature, float | None)
assert_type(session.voice, rt.Voice | None)
assert_type(rt.RealtimeSession.from_dict({"voice": "sage"}), rt.RealtimeSession)
assert_type(rt.RealtimeSession.from_json(b"{}", strict=False), rt.RealtimeSession)
assert_type(session.to_json(), bytes)
assert_type(rt.violations_of(session), list[rt.Violation])
assert_type(dataclasses.replace(session, temperature=0.8), rt.RealtimeSession)
assert_type(rt.CLIENT_EVENTS.encode(rt.RealtimeClientEventResponseCancel()), bytes)
names: list[str] = [field.name for field in dataclasses.fields(session)]


class Bot:
    """Methods are handlers as well."""

    def __init__(self) -> None:
        table = rt.SERVER_EVENTS.dispatcher()
        table.on(rt.RealtimeServerEventError)(self.failed)
        table.off(self.failed)

    def failed(self, event: rt.RealtimeServerEventError) -> None:
        print(event.error.code)


async def run(frame: bytes) -> None:
    """Dispatching gives the event."""
    event = await dispatcher.dispatch_async(frame)
    if isinstance(event, rt.RealtimeServerEventError):
        print(event.error.message)
    await done_later(rt.RealtimeServerEventResponseDone.from_json(frame))


def states(event: rt.RealtimeSession) -> str:
    """Only what may be null as well as absent has a third state."""
    detection = event.turn_detection
    if detection is rt.UNSET:
        return "absent"
    if detection is None:
        return "null"
    assert_type(detection, rt.RealtimeSessionTurnDetection)
    return f"{detection.threshold}"
