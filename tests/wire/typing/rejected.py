"""What both type checkers reject: exactly the lines that are marked."""

from __future__ import annotations

import dataclasses
from typing import assert_never

import openai_realtime as rt

dispatcher = rt.SERVER_EVENTS.dispatcher()


@dispatcher.on(rt.RealtimeServerEventResponseDone)  # wrong
def of_another_class(event: rt.RealtimeServerEventError) -> None:
    print(event)


def with_two_arguments(event: rt.RealtimeServerEventError, more: int) -> None:
    print(event, more)


dispatcher.on(rt.RealtimeServerEventError)(with_two_arguments)  # wrong
dispatcher.on(5.5)  # wrong
dispatcher.on_unknown(with_two_arguments)  # wrong


@dispatcher.on(rt.RealtimeServerEventResponseDone, rt.RealtimeServerEventError)  # wrong
def of_one_of_two(event: rt.RealtimeServerEventError) -> None:
    print(event)


rt.SERVER_EVENTS.with_classes([rt.RealtimeSession])  # wrong


def incomplete(frame: bytes) -> str:
    event = rt.CLIENT_EVENTS.decode(frame)
    match event:
        case (
            rt.RealtimeClientEventSessionUpdate()
            | rt.RealtimeClientEventInputAudioBufferAppend()
            | rt.RealtimeClientEventInputAudioBufferCommit()
            | rt.RealtimeClientEventInputAudioBufferClear()
            | rt.RealtimeClientEventConversationItemCreate()
            | rt.RealtimeClientEventConversationItemTruncate()
            | rt.RealtimeClientEventConversationItemDelete()
            | rt.RealtimeClientEventResponseCreate()
        ):
            return event.type
        case rt.UnknownEvent():
            return "unknown"
        case _:
            assert_never(event)  # wrong


def without_the_unknown(frame: bytes) -> None:
    event = rt.CLIENT_EVENTS.decode(frame)
    print(event.event_id)  # wrong


rt.RealtimeSession(rt.Voice.SAGE)  # wrong
rt.RealtimeSession(voice=5)  # wrong
rt.RealtimeSession(voices=rt.Voice.SAGE)  # wrong
rt.RealtimeServerEventError(event_id="e")  # wrong
rt.RealtimeServerEventError(event_id="e", error="boom")  # wrong
rt.RealtimeClientEventResponseCancel(type="response.create")  # wrong
print(rt.NoSuchName)  # wrong

session = rt.RealtimeSession()
dataclasses.replace(session, temperature="hot")  # wrong: mypy
print(session.temperature + 1)  # wrong
print(session.no_such_field)  # wrong
session.temperature = 0.7  # wrong
rt.RealtimeSession.from_dict([])  # wrong
rt.with_extra(rt.RealtimeSession, {}, temperature="hot")  # wrong
rt.with_extra(rt.RealtimeSession, {}, no_such_field=1)  # wrong
rt.SERVER_EVENTS.decode(5)  # wrong
rt.SERVER_EVENTS.encode(rt.RealtimeClientEventResponseCancel())  # wrong
print(rt.Voice.NONE)  # wrong


def of_three_states(event: rt.RealtimeSession) -> float | None:
    detection = event.turn_detection
    if detection is not None:
        return detection.threshold  # wrong
    return None
