"""Handlers: who is called, in which order, and what becomes of exceptions."""

from __future__ import annotations

import asyncio
import functools
import gc
import json
import warnings
from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path
from typing import Any, Union
from unittest import mock

import pytest

from tests.wire.packages import Built, build
from tests.wire.test_tables import TWO_LEVELS

DONE = {
    "type": "response.audio.done",
    "event_id": "e1",
    "response_id": "r1",
    "item_id": "i1",
    "output_index": 0,
    "content_index": 0,
}
UNKNOWN = {"type": "response.smell.delta", "delta": "rose"}


@pytest.fixture
def sdk(realtime: Built) -> Any:
    return realtime.sdk


@pytest.fixture
def dispatcher(sdk: Any) -> Any:
    return sdk.SERVER_EVENTS.dispatcher()


def test_by_class_and_by_tag_in_the_order_of_registration(
    sdk: Any, dispatcher: Any
) -> None:
    calls: list[str] = []
    dispatcher.on("response.audio.done")(lambda event: calls.append("tag"))
    cls = sdk.RealtimeServerEventResponseAudioDone
    dispatcher.on(cls)(lambda event: calls.append("class"))
    dispatcher.on("response.audio.done")(lambda event: calls.append("tag again"))
    dispatcher.on("response.done")(lambda event: calls.append("wrong"))
    event = dispatcher.dispatch(json.dumps(DONE))
    assert type(event) is cls
    assert calls == ["tag", "class", "tag again"]


def test_the_decorator_gives_the_handler_back(sdk: Any, dispatcher: Any) -> None:
    def handler(event: Any) -> None: ...

    assert dispatcher.on("error")(handler) is handler
    assert dispatcher.on(sdk.RealtimeServerEventError)(handler) is handler
    assert dispatcher.on_any(handler) is handler
    assert dispatcher.on_unknown(handler) is handler
    assert dispatcher.on_drift(handler) is handler


def test_what_no_table_holds_cannot_be_waited_for(sdk: Any, dispatcher: Any) -> None:
    for event in ("no.such", "", sdk.RealtimeSession, sdk.UnknownEvent, int):
        with pytest.raises(KeyError):
            dispatcher.on(event)


def test_a_handler_that_a_call_would_not_run_is_refused(dispatcher: Any) -> None:
    class Watcher:
        def all_of_them(self, event: Any) -> Iterator[Any]:
            yield event

        def __call__(self, event: Any) -> Iterator[Any]:
            yield event

    async def later(event: Any) -> AsyncIterator[Any]:
        yield event

    handlers = (
        Watcher().all_of_them,
        Watcher(),
        later,
        functools.partial(functools.partial(later)),
        lambda event: (yield event),
    )
    ways = (
        dispatcher.on("*"),
        dispatcher.on_any,
        dispatcher.on_unknown,
        dispatcher.on_drift,
    )
    for add, handler in product(ways, handlers):
        with pytest.raises(TypeError, match="has a `yield`, so a call of it runs"):
            add(handler)
    for add in ways:
        with pytest.raises(TypeError, match="is called with an event, and None is not"):
            add(None)
    # A call of these runs what they are.
    assert dispatcher.on_any(print) is print
    assert dispatcher.on_any(functools.partial(print, end=""))
    assert dispatcher.on_any(mock.Mock())
    assert dispatcher.on_any(mock.AsyncMock())
    assert dispatcher.on_any(str) is str


def test_unknown_events(sdk: Any, dispatcher: Any) -> None:
    calls: list[Any] = []
    dispatcher.on_unknown(lambda event: calls.append(("unknown", event.type)))
    dispatcher.on_any(lambda event: calls.append(("any", type(event).__name__)))
    dispatcher.on_drift(lambda event, violations: calls.append("drift"))
    event = dispatcher.dispatch(UNKNOWN)
    assert isinstance(event, sdk.UnknownEvent)
    assert calls == [("unknown", "response.smell.delta"), ("any", "UnknownEvent")]


def test_drift(sdk: Any, dispatcher: Any) -> None:
    seen: list[Any] = []
    dispatcher.on_drift(lambda event, violations: seen.append((event, violations)))
    dispatcher.dispatch(DONE)
    assert seen == []
    event = dispatcher.dispatch({**DONE, "output_index": None, "item_id": 4})
    assert seen == [(event, sdk.violations_of(event))]
    assert [v.path for v in seen[0][1]] == ["/output_index", "/item_id"] or [
        v.path for v in seen[0][1]
    ] == ["/item_id", "/output_index"]
    dispatcher.dispatch(event)
    assert len(seen) == 2, "an event that was decoded elsewhere still drifts"


def test_an_event_that_was_decoded_already(sdk: Any, dispatcher: Any) -> None:
    calls: list[Any] = []
    dispatcher.on("response.audio.done")(calls.append)
    event = sdk.SERVER_EVENTS.decode(DONE)
    assert dispatcher.dispatch(event) is event
    assert calls == [event]


def test_an_event_of_a_class_that_a_user_derived(sdk: Any, dispatcher: Any) -> None:
    class MyDone(sdk.RealtimeServerEventResponseAudioDone):  # type: ignore[misc, name-defined]
        """A user's own."""

    calls: list[Any] = []
    dispatcher.on(sdk.RealtimeServerEventResponseAudioDone)(calls.append)
    event = MyDone.from_dict(DONE)
    assert dispatcher.dispatch(event) is event
    assert calls == [event]
    assert json.loads(sdk.SERVER_EVENTS.encode(event)) == DONE


def test_several_classes_tags_and_patterns(sdk: Any, dispatcher: Any) -> None:
    calls: list[str] = []
    done = sdk.RealtimeServerEventResponseAudioDone
    dispatcher.on(sdk.RealtimeServerEventError, done)(lambda e: calls.append("two"))
    dispatcher.on("response.audio.*", done)(lambda e: calls.append("once"))
    dispatcher.on("response.*.done", "error")(lambda e: calls.append("pattern"))
    dispatcher.on("response.text.*")(lambda e: calls.append("wrong"))
    dispatcher.dispatch(DONE)
    assert calls == ["two", "once", "pattern"]
    for events in (
        ("response.smell.*",),
        (done, "no.such"),
        ("*", sdk.RealtimeSession),
    ):
        with pytest.raises(KeyError, match="is no event of SERVER_EVENTS"):
            dispatcher.on(*events)


def test_a_union_of_classes_means_each(sdk: Any, dispatcher: Any) -> None:
    calls: list[str] = []
    done, error = sdk.RealtimeServerEventResponseAudioDone, sdk.RealtimeServerEventError
    dispatcher.on(sdk.ServerEvent)(lambda e: calls.append("every"))
    dispatcher.on(done | error, "error")(lambda e: calls.append("two"))
    created = sdk.RealtimeServerEventSessionCreated
    dispatcher.on(Union[error, created])(calls.append)  # noqa: UP007
    dispatcher.require_all()
    dispatcher.dispatch(DONE)
    assert calls == ["every", "two"]


def test_what_is_neither_class_nor_tag(sdk: Any, dispatcher: Any) -> None:
    def handler(event: Any) -> None: ...

    for events in ((handler,), (), (None,), (sdk.ServerEvent, 1.5)):
        with pytest.raises(TypeError, match=r"classes or tags of events, `@dispatcher"):
            dispatcher.on(*events)
    with pytest.raises(KeyError, match="`on_unknown` is for these"):
        dispatcher.on(sdk.UnknownEvent)


def test_every_event_has_a_handler_or_is_named(sdk: Any, dispatcher: Any) -> None:
    dispatcher.on_any(lambda event: None)
    dispatcher.on_unknown(lambda event: None)
    tags = list(sdk.SERVER_EVENTS)
    with pytest.raises(LookupError) as caught:
        dispatcher.require_all()
    assert str(caught.value) == (
        f"{len(tags)} events have no handler in SERVER_EVENTS: {', '.join(tags)}"
    )

    @dispatcher.on("[!e]*")
    def handler(event: Any) -> None: ...

    with pytest.raises(LookupError, match=r"^1 event has no handler in .*: error$"):
        dispatcher.require_all()
    dispatcher.on(sdk.RealtimeServerEventError)(handler)
    dispatcher.require_all()
    dispatcher.off(handler)
    with pytest.raises(LookupError):
        dispatcher.require_all()


def test_events_of_a_users_classes(sdk: Any) -> None:
    class Mine(sdk.RealtimeServerEventResponseAudioDone):  # type: ignore[misc, name-defined]
        """A user's own."""

    dispatcher = sdk.SERVER_EVENTS.with_classes([Mine]).dispatcher()
    calls: list[str] = []
    dispatcher.on(Mine)(lambda event: calls.append(type(event).__name__))
    base = sdk.RealtimeServerEventResponseAudioDone
    dispatcher.on(base)(lambda event: calls.append("as what it derives from"))
    event = dispatcher.dispatch(DONE)
    dispatcher.dispatch(event)
    assert calls == ["Mine", "as what it derives from"] * 2


def test_one_exception_is_raised_after_all_handlers(dispatcher: Any) -> None:
    calls: list[str] = []

    @dispatcher.on("response.audio.done")
    def fails(event: Any) -> None:
        calls.append("fails")
        raise LookupError("boom")

    dispatcher.on("response.audio.done")(lambda event: calls.append("second"))
    dispatcher.on_any(lambda event: calls.append("any"))
    with pytest.raises(LookupError, match="boom") as caught:
        dispatcher.dispatch(DONE)
    assert calls == ["fails", "second", "any"]
    assert any(entry.name == "fails" for entry in caught.traceback)


def test_several_exceptions_are_a_group(dispatcher: Any) -> None:
    def fails_first(event: Any) -> None:
        raise LookupError("first")

    def fails_second(event: Any) -> None:
        raise ArithmeticError("second")

    dispatcher.on("response.audio.done")(fails_first)
    dispatcher.on_any(fails_second)
    with pytest.raises(ExceptionGroup) as caught:
        dispatcher.dispatch(DONE)
    kinds = [type(error) for error in caught.value.exceptions]
    assert kinds == [LookupError, ArithmeticError]


def test_being_stopped_is_no_failure(dispatcher: Any) -> None:
    calls: list[str] = []

    @dispatcher.on_any
    def stop(event: Any) -> None:
        raise KeyboardInterrupt

    dispatcher.on_any(lambda event: calls.append("after"))
    with pytest.raises(KeyboardInterrupt):
        dispatcher.dispatch(DONE)
    assert calls == [], "an interrupt ends the dispatch at once"


def test_unregister(sdk: Any, dispatcher: Any) -> None:
    calls: list[str] = []

    def handler(event: Any, violations: Any = None) -> None:
        calls.append("called")

    cls = sdk.RealtimeServerEventResponseAudioDone
    for add in (dispatcher.on(cls), dispatcher.on_any, dispatcher.on_drift):
        add(handler)
        dispatcher.off(handler)
    dispatcher.on_unknown(handler)
    dispatcher.off(handler)
    dispatcher.dispatch({**DONE, "item_id": None})
    dispatcher.dispatch(UNKNOWN)
    assert calls == []
    with pytest.raises(KeyError):
        dispatcher.off(handler)


def test_a_bound_method_is_unregistered(dispatcher: Any) -> None:
    class Listener:
        """Two looks at a method are two objects that are equal."""

        def __init__(self) -> None:
            self.seen: list[Any] = []

        def heard(self, event: Any) -> None:
            self.seen.append(event)

    listener = Listener()
    dispatcher.on("response.audio.done")(listener.heard)
    dispatcher.off(listener.heard)
    dispatcher.dispatch(DONE)
    assert listener.seen == []


def test_handlers_may_change_while_one_runs(dispatcher: Any) -> None:
    calls: list[str] = []

    def late(event: Any) -> None:
        calls.append("late")

    @dispatcher.on("response.audio.done")
    def once(event: Any) -> None:
        calls.append("once")
        dispatcher.off(once)
        dispatcher.on("response.audio.done")(late)

    dispatcher.on("response.audio.done")(lambda event: calls.append("other"))
    dispatcher.dispatch(DONE)
    assert calls == ["once", "other"], "what is added now is called from the next on"
    dispatcher.dispatch(DONE)
    assert calls == ["once", "other", "other", "late"]


def test_a_dispatch_inside_a_handler(dispatcher: Any) -> None:
    calls: list[Any] = []

    @dispatcher.on("response.audio.done")
    def nested(event: Any) -> None:
        dispatcher.dispatch(UNKNOWN)
        calls.append(event.type)

    dispatcher.on_unknown(lambda event: calls.append(event.type))
    dispatcher.dispatch(DONE)
    assert calls == ["response.smell.delta", "response.audio.done"]


def test_asynchronous_handlers_in_order(dispatcher: Any) -> None:
    calls: list[str] = []

    @dispatcher.on("response.audio.done")
    async def slow(event: Any) -> None:
        await asyncio.sleep(0.001)
        calls.append("slow")

    @dispatcher.on("response.audio.done")
    async def fails(event: Any) -> None:
        await asyncio.sleep(0)
        raise LookupError("async")

    @dispatcher.on_any
    def plain(event: Any) -> None:
        calls.append("plain")

    with pytest.raises(LookupError, match="async"):
        asyncio.run(dispatcher.dispatch_async(json.dumps(DONE).encode()))
    assert calls == ["slow", "plain"]


def test_cancelling_cancels(dispatcher: Any) -> None:
    calls: list[str] = []

    @dispatcher.on_any
    async def forever(event: Any) -> None:
        await asyncio.sleep(60)

    dispatcher.on_any(lambda event: calls.append("after"))

    async def session() -> None:
        task = asyncio.create_task(dispatcher.dispatch_async(DONE))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(session())
    assert calls == []


def test_an_asynchronous_handler_needs_the_asynchronous_dispatch(
    dispatcher: Any,
) -> None:
    calls: list[str] = []

    @dispatcher.on_any
    async def handler(event: Any) -> None:
        calls.append("never")

    dispatcher.on_any(lambda event: calls.append("plain"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TypeError, match="dispatch_async"):
            dispatcher.dispatch(DONE)
        gc.collect(0)
    assert calls == ["plain"]


def test_an_event_of_another_table_calls_nobody(sdk: Any, dispatcher: Any) -> None:
    dispatcher.on_any(lambda event: pytest.fail("called"))
    cancel = sdk.RealtimeClientEventResponseCancel()
    with pytest.raises(TypeError, match="a table takes what it decodes"):
        dispatcher.dispatch(cancel)
    with pytest.raises(TypeError, match="is no event of"):
        asyncio.run(dispatcher.dispatch_async(cancel))


def test_what_is_no_event_calls_nobody(dispatcher: Any) -> None:
    calls: list[Any] = []
    dispatcher.on_any(calls.append)
    for frame in ("[]", b"nonsense", "5"):
        with pytest.raises(ValueError, match=r"a JSON (object|value)"):
            dispatcher.dispatch(frame)
    for frame in (None, 5, [DONE]):
        with pytest.raises(TypeError, match="a frame is text, bytes or a mapping, not"):
            dispatcher.dispatch(frame)
    assert calls == []


def test_two_levels(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(TWO_LEVELS, encoding="utf-8")
    sdk = build(spec, "wire_two_level_handlers", tmp_path).sdk
    dispatcher = sdk.EVENTS["Item"].dispatcher()
    calls: list[str] = []
    dispatcher.on("message")(lambda event: calls.append("message"))
    dispatcher.on("message/user")(lambda event: calls.append("user"))
    dispatcher.on(sdk.SystemMessage)(lambda event: calls.append("system"))
    dispatcher.on("message/developer")(lambda event: calls.append("developer"))
    dispatcher.on_unknown(lambda event: calls.append("unknown"))

    def called(**frame: Any) -> list[str]:
        calls.clear()
        dispatcher.dispatch(frame)
        return list(calls)

    assert called(type="message", role="user", text="t") == ["message", "user"]
    # One class for two tags: handlers of either tag get only their own.
    assert called(type="message", role="system") == ["message", "system"]
    assert called(type="message", role="developer") == [
        "message",
        "system",
        "developer",
    ]
    assert called(type="message", role="robot") == ["unknown"]
    assert called(type="call", name="f") == []
    with pytest.raises(LookupError, match="call"):
        dispatcher.require_all()
    dispatcher.on("message/*", "call")(lambda event: calls.append("each"))
    dispatcher.require_all()
    assert called(type="call", name="f") == ["each"]
    assert called(type="message", role="developer")[-1] == "each"
