"""Hypothesis strategies for every schema: values to test the code that consumes them.

    from hypothesis import given
    from openai_realtime import strategies

    @given(strategies.valid("Voice"))
    def test_it_survives(value): ...

Hypothesis is imported when a strategy is asked for, never with the package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from .schemas import SCHEMAS


def valid(name: str) -> Any:
    """JSON values that a schema accepts, by construction, as a strategy.

    Raises KeyError for a name that `SCHEMAS` does not hold.
    """
    return _Kit().schema(name)


def invalid(name: str) -> Any:
    """JSON values that a schema rejects: valid ones with one damage, as a strategy.

    Nothing can be drawn from it if the schema accepts everything.
    """
    kit = _Kit()
    schema = SCHEMAS[name]
    accepted = kit.schema(name) | kit.anything()
    damaged = accepted.flatmap(kit.damaged)
    return damaged.filter(lambda value: schema.violations(value))


class _Kit:
    """Builds strategies; each schema once, so that recursion ends."""

    def __init__(self) -> None:
        self.st: Any = import_module("hypothesis.strategies")
        self._schemas: dict[str, Any] = {}

    def schema(self, name: str) -> Any:
        """The values of a named schema; the schema itself has the last word."""
        if name not in self._schemas:
            schema = SCHEMAS[name]
            make, known = _MADE[name]
            self._schemas[name] = self.st.deferred(
                lambda: (
                    (make(self) | self.values(known)).filter(
                        lambda value: not schema.violations(value)
                    )
                    if known
                    else self.st.nothing()
                )
            )
        return self._schemas[name]

    def values(self, values: Sequence[Any]) -> Any:
        """One of a few values."""
        return self.st.sampled_from(values) if values else self.st.nothing()

    def one_of(self, *strategies: Any) -> Any:
        """The values of any of several strategies."""
        return self.st.one_of(*strategies)

    def anything(self) -> Any:
        """Any JSON value, not too large."""
        st = self.st
        numbers = st.integers(-(10**6), 10**6) | st.floats(
            allow_nan=False, allow_infinity=False
        )
        scalars = st.none() | st.booleans() | numbers | st.text(max_size=8)
        return st.recursive(
            scalars,
            lambda inner: st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=8), inner, max_size=3),
            max_leaves=4,
        )

    def boolean(self) -> Any:
        """True and false."""
        return self.st.booleans()

    def integer(self, low: float | None, high: float | None, step: int = 1) -> Any:
        """Multiples of a step between two limits."""
        st = self.st
        least = None if low is None else -int(-low // step)
        most = None if high is None else int(high // step)
        return st.integers(least, most).map(lambda count: count * step)

    def number(self, low: float | None, high: float | None) -> Any:
        """Numbers between two limits."""
        return self.st.floats(low, high, allow_nan=False, allow_infinity=False)

    def text(
        self, least: int = 0, most: int | None = None, patterns: Sequence[str] = ()
    ) -> Any:
        """Strings of some length that match all patterns, given as Python writes them."""
        st = self.st
        if not patterns:
            return st.text(min_size=least, max_size=most)
        return st.from_regex(patterns[0]).filter(
            lambda text: least <= len(text) and (most is None or len(text) <= most)
        )

    def array(
        self,
        item: Any,
        least: int = 0,
        most: int | None = None,
        prefix: Sequence[Any] = (),
        contains: Sequence[tuple[Any, int]] = (),
    ) -> Any:
        """Arrays: items at the front of their own, others behind, some of a kind."""
        st = self.st
        wanted = [part for part, count in contains for _ in range(count)]
        room = None if most is None else max(most - len(wanted), 0)
        fixed = st.tuples(*prefix[: least if most is None else most])
        rest = st.nothing() if item is None else item
        more = st.lists(
            rest,
            min_size=0 if item is None else max(least - len(prefix) - len(wanted), 0),
            max_size=0 if item is None else 4 + least if room is None else room,
        )
        parts = st.tuples(fixed, st.tuples(*wanted), more)
        return parts.map(lambda found: [*found[0], *found[1], *found[2]])

    def object(
        self,
        required: Mapping[str, Any],
        optional: Mapping[str, Any],
        names: Any = None,
        extra: Any = None,
        least: int = 0,
    ) -> Any:
        """Objects: what they must have, what they may have, and whatever else."""
        st = self.st
        fixed = st.fixed_dictionaries(dict(required), optional=dict(optional))
        if extra is None:
            return fixed
        short = max(least - len(required), 0)
        more = st.dictionaries(names, extra, min_size=short, max_size=short + 2)
        return st.tuples(more, fixed).map(lambda found: found[0] | found[1])

    def damaged(self, value: Any) -> Any:
        """A value with one thing at one place replaced, taken away or added."""
        st = self.st
        places = list(_places(value))[:60]
        return st.tuples(
            st.sampled_from(places),
            st.sampled_from(("put", "drop", "add")),
            self.junk(),
        ).map(lambda found: _damage(value, *found))

    def junk(self) -> Any:
        """Values that few schemas expect."""
        return self.anything() | self.values(
            [None, True, -1, 0.5, 10**9, "", "no such value", "x" * 5000, [], {}, [[]]]
        )


def _places(value: Any) -> list[tuple[Any, ...]]:
    """The paths to all values inside a value, itself first."""
    found: list[tuple[Any, ...]] = [()]
    if isinstance(value, dict):
        for name, inner in value.items():
            found += [(name, *path) for path in _places(inner)]
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += [(index, *path) for path in _places(inner)]
    return found


def _damage(value: Any, path: tuple[Any, ...], how: str, junk: Any) -> Any:
    """A copy of a value, damaged at a path."""
    if not path:
        if how == "add" and isinstance(value, dict):
            return {**value, "no such property": junk}
        if how == "add" and isinstance(value, list):
            return [*value, junk]
        return junk
    head, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if how == "drop" and not rest:
        del copy[head]
    else:
        copy[head] = _damage(copy[head], tuple(rest), how, junk)
    return copy


def _schema_0(k: _Kit) -> Any:
    return k.values(
        ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
    )


def _schema_1(k: _Kit) -> Any:
    return k.values(["pcm16", "g711_ulaw", "g711_alaw"])


def _schema_2(k: _Kit) -> Any:
    return k.values(["text", "audio"])


def _schema_3(k: _Kit) -> Any:
    return k.values(
        [
            "gpt-4o-realtime-preview",
            "gpt-4o-realtime-preview-2024-10-01",
            "gpt-4o-realtime-preview-2024-12-17",
            "gpt-4o-mini-realtime-preview",
            "gpt-4o-mini-realtime-preview-2024-12-17",
        ]
    )


def _schema_4(k: _Kit) -> Any:
    return k.values(["whisper-1"])


def _schema_5(k: _Kit) -> Any:
    return k.values(["server_vad"])


def _schema_6(k: _Kit) -> Any:
    return k.values(["auto", "none", "required"])


def _schema_7(k: _Kit) -> Any:
    return k.values(["message", "function_call", "function_call_output"])


def _schema_8(k: _Kit) -> Any:
    return k.values(["completed", "in_progress", "incomplete"])


def _schema_9(k: _Kit) -> Any:
    return k.values(["user", "assistant", "system"])


def _schema_10(k: _Kit) -> Any:
    return k.values(["input_text", "input_audio", "item_reference", "text", "audio"])


def _schema_11(k: _Kit) -> Any:
    return k.values(["text", "audio"])


def _schema_12(k: _Kit) -> Any:
    return k.values(["in_progress", "completed", "cancelled", "failed", "incomplete"])


def _schema_13(k: _Kit) -> Any:
    return k.values(["auto", "none"])


def _schema_14(k: _Kit) -> Any:
    return k.values(["requests", "tokens"])


def _schema_15(k: _Kit) -> Any:
    return k.values(["low", "medium", "high"])


def _schema_16(k: _Kit) -> Any:
    return k.text(0, None, ["^(?:o1|o3-mini)(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?\\Z"])


def _schema_17(k: _Kit) -> Any:
    return k.object(
        {},
        {
            "id": k.text(0),
            "object": k.values(["realtime.session"]),
            "modalities": k.array(k.schema("Modality")),
            "model": k.one_of(k.text(0), k.schema("RealtimeModel")),
            "instructions": k.text(0),
            "voice": k.values(
                ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
            ),
            "input_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "input_audio_transcription": k.one_of(
                k.values([None]),
                k.object(
                    {},
                    {
                        "model": k.schema("TranscriptionModel"),
                        "language": k.text(0, None, ["^[a-z]{2}\\Z"]),
                        "prompt": k.text(0),
                    },
                ),
            ),
            "turn_detection": k.one_of(
                k.values([None]),
                k.object(
                    {},
                    {
                        "type": k.schema("TurnDetectionType"),
                        "threshold": k.one_of(k.integer(0, 1), k.number(0, 1)),
                        "prefix_padding_ms": k.integer(0, None),
                        "silence_duration_ms": k.integer(0, None),
                        "create_response": k.boolean(),
                    },
                ),
            ),
            "tools": k.array(k.schema("FunctionTool")),
            "tool_choice": k.schema("ToolChoice"),
            "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
            "max_response_output_tokens": k.one_of(
                k.integer(1, 4096), k.values(["inf"])
            ),
        },
    )


def _schema_18(k: _Kit) -> Any:
    return k.object(
        {},
        {
            "modalities": k.array(k.schema("Modality")),
            "model": k.schema("RealtimeModel"),
            "instructions": k.text(0),
            "voice": k.values(
                ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
            ),
            "input_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "input_audio_transcription": k.one_of(
                k.values([None]),
                k.object(
                    {},
                    {
                        "model": k.schema("TranscriptionModel"),
                        "language": k.text(0, None, ["^[a-z]{2}\\Z"]),
                        "prompt": k.text(0),
                    },
                ),
            ),
            "turn_detection": k.one_of(
                k.values([None]),
                k.object(
                    {},
                    {
                        "type": k.schema("TurnDetectionType"),
                        "threshold": k.one_of(k.integer(0, 1), k.number(0, 1)),
                        "prefix_padding_ms": k.integer(0, None),
                        "silence_duration_ms": k.integer(0, None),
                        "create_response": k.boolean(),
                    },
                ),
            ),
            "tools": k.array(k.schema("FunctionTool")),
            "tool_choice": k.schema("ToolChoice"),
            "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
            "max_response_output_tokens": k.one_of(
                k.integer(1, 4096), k.values(["inf"])
            ),
        },
    )


def _schema_19(k: _Kit) -> Any:
    return k.object(
        {
            "client_secret": k.object(
                {"value": k.text(0), "expires_at": k.integer(0, None)}, {}
            )
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.session"]),
            "modalities": k.array(k.schema("Modality")),
            "model": k.one_of(k.text(0), k.schema("RealtimeModel")),
            "instructions": k.text(0),
            "voice": k.values(
                ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
            ),
            "input_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "input_audio_transcription": k.one_of(
                k.values([None]),
                k.object(
                    {},
                    {
                        "model": k.schema("TranscriptionModel"),
                        "language": k.text(0, None, ["^[a-z]{2}\\Z"]),
                        "prompt": k.text(0),
                    },
                ),
            ),
            "turn_detection": k.one_of(
                k.values([None]),
                k.object(
                    {},
                    {
                        "type": k.schema("TurnDetectionType"),
                        "threshold": k.one_of(k.integer(0, 1), k.number(0, 1)),
                        "prefix_padding_ms": k.integer(0, None),
                        "silence_duration_ms": k.integer(0, None),
                        "create_response": k.boolean(),
                    },
                ),
            ),
            "tools": k.array(k.schema("FunctionTool")),
            "tool_choice": k.schema("ToolChoice"),
            "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
            "max_response_output_tokens": k.one_of(
                k.integer(1, 4096), k.values(["inf"])
            ),
        },
    )


def _schema_20(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "name": k.text(0)},
        {"description": k.text(0), "parameters": k.object({}, {})},
    )


def _schema_21(k: _Kit) -> Any:
    return k.one_of(k.schema("ToolChoiceMode"), k.schema("ToolChoiceFunction"))


def _schema_22(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "function": k.object({"name": k.text(0)}, {})},
        {},
    )


def _schema_23(k: _Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "model": k.text(
                    0, None, ["^(?:o1|o3-mini)(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?\\Z"]
                ),
                "reasoning_effort": k.schema("ReasoningEffort"),
            },
            {},
        ),
        k.object({"model": k.text(0)}, {}),
        k.object(
            {"model": k.text(0)}, {"reasoning_effort": k.schema("ReasoningEffort")}
        ),
    )


def _schema_24(k: _Kit) -> Any:
    return k.object(
        {}, {"id": k.text(0), "object": k.values(["realtime.conversation"])}
    )


def _schema_25(k: _Kit) -> Any:
    return k.object(
        {
            "type": k.values(["message", "function_call", "function_call_output"]),
            "role": k.values(["user", "assistant", "system"]),
            "content": k.array(
                k.one_of(
                    k.object(
                        {
                            "type": k.values(
                                [
                                    "input_text",
                                    "input_audio",
                                    "item_reference",
                                    "text",
                                    "audio",
                                ]
                            ),
                            "text": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "audio": k.text(0),
                            "transcript": k.one_of(k.values([None]), k.text(0)),
                        },
                    ),
                    k.object(
                        {
                            "type": k.values(
                                [
                                    "input_text",
                                    "input_audio",
                                    "item_reference",
                                    "text",
                                    "audio",
                                ]
                            )
                        },
                        {
                            "text": k.text(0),
                            "id": k.text(0),
                            "audio": k.text(0),
                            "transcript": k.one_of(k.values([None]), k.text(0)),
                        },
                    ),
                )
            ),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
        },
    )


def _schema_26(k: _Kit) -> Any:
    return k.object(
        {
            "type": k.values(
                ["message", "function_call", "function_call_output", "item_reference"]
            ),
            "role": k.values(["user", "assistant", "system"]),
            "content": k.array(
                k.one_of(
                    k.object(
                        {
                            "type": k.values(
                                [
                                    "input_text",
                                    "input_audio",
                                    "item_reference",
                                    "text",
                                    "audio",
                                ]
                            ),
                            "text": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "audio": k.text(0),
                            "transcript": k.one_of(k.values([None]), k.text(0)),
                        },
                    ),
                    k.object(
                        {
                            "type": k.values(
                                [
                                    "input_text",
                                    "input_audio",
                                    "item_reference",
                                    "text",
                                    "audio",
                                ]
                            )
                        },
                        {
                            "text": k.text(0),
                            "id": k.text(0),
                            "audio": k.text(0),
                            "transcript": k.one_of(k.values([None]), k.text(0)),
                        },
                    ),
                )
            ),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
        },
    )


def _schema_27(k: _Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(
                    ["input_text", "input_audio", "item_reference", "text", "audio"]
                ),
                "text": k.text(0),
            },
            {
                "id": k.text(0),
                "audio": k.text(0),
                "transcript": k.one_of(k.values([None]), k.text(0)),
            },
        ),
        k.object(
            {
                "type": k.values(
                    ["input_text", "input_audio", "item_reference", "text", "audio"]
                ),
                "id": k.text(0),
            },
            {
                "text": k.text(0),
                "audio": k.text(0),
                "transcript": k.one_of(k.values([None]), k.text(0)),
            },
        ),
    )


def _schema_28(k: _Kit) -> Any:
    return k.object(
        {"type": k.schema("ContentPartType")},
        {"text": k.text(0), "audio": k.text(0), "transcript": k.text(0)},
    )


def _schema_29(k: _Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "status": k.values(
                    ["in_progress", "completed", "cancelled", "failed", "incomplete"]
                ),
                "status_details": k.object(
                    {
                        "type": k.values(
                            ["completed", "cancelled", "failed", "incomplete"]
                        )
                    },
                    {
                        "reason": k.values(
                            [
                                "turn_detected",
                                "client_cancelled",
                                "max_output_tokens",
                                "content_filter",
                            ]
                        ),
                        "error": k.object(
                            {},
                            {
                                "type": k.text(0),
                                "code": k.one_of(k.values([None]), k.text(0)),
                            },
                        ),
                    },
                ),
                "modalities": k.array(k.schema("Modality")),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(
                    k.object(
                        {
                            "type": k.values(
                                ["message", "function_call", "function_call_output"]
                            ),
                            "role": k.values(["user", "assistant", "system"]),
                            "content": k.array(
                                k.one_of(
                                    k.object(
                                        {
                                            "type": k.values(
                                                [
                                                    "input_text",
                                                    "input_audio",
                                                    "item_reference",
                                                    "text",
                                                    "audio",
                                                ]
                                            ),
                                            "text": k.text(0),
                                        },
                                        {
                                            "id": k.text(0),
                                            "audio": k.text(0),
                                            "transcript": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                    k.object(
                                        {
                                            "type": k.values(
                                                [
                                                    "input_text",
                                                    "input_audio",
                                                    "item_reference",
                                                    "text",
                                                    "audio",
                                                ]
                                            )
                                        },
                                        {
                                            "text": k.text(0),
                                            "id": k.text(0),
                                            "audio": k.text(0),
                                            "transcript": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                )
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    )
                ),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "usage": k.one_of(
                    k.values([None]),
                    k.object(
                        {},
                        {
                            "total_tokens": k.integer(0, None),
                            "input_tokens": k.integer(0, None),
                            "output_tokens": k.integer(0, None),
                            "input_token_details": k.object(
                                {},
                                {
                                    "cached_tokens": k.integer(0, None),
                                    "text_tokens": k.integer(0, None),
                                    "audio_tokens": k.integer(0, None),
                                    "cached_tokens_details": k.object(
                                        {},
                                        {
                                            "text_tokens": k.integer(0, None),
                                            "audio_tokens": k.integer(0, None),
                                        },
                                    ),
                                },
                            ),
                            "output_token_details": k.object(
                                {},
                                {
                                    "text_tokens": k.integer(0, None),
                                    "audio_tokens": k.integer(0, None),
                                },
                            ),
                        },
                    ),
                ),
                "conversation_id": k.one_of(k.values([None]), k.text(0)),
                "voice": k.values(
                    [
                        "alloy",
                        "ash",
                        "ballad",
                        "coral",
                        "echo",
                        "sage",
                        "shimmer",
                        "verse",
                    ]
                ),
                "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
                "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
                "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            },
        ),
        k.object(
            {
                "status": k.values(
                    ["in_progress", "completed", "cancelled", "failed", "incomplete"]
                ),
                "status_details": k.object(
                    {
                        "type": k.values(
                            ["completed", "cancelled", "failed", "incomplete"]
                        )
                    },
                    {
                        "reason": k.values(
                            [
                                "turn_detected",
                                "client_cancelled",
                                "max_output_tokens",
                                "content_filter",
                            ]
                        ),
                        "error": k.object(
                            {},
                            {
                                "type": k.text(0),
                                "code": k.one_of(k.values([None]), k.text(0)),
                            },
                        ),
                    },
                ),
                "modalities": k.array(
                    k.schema("Modality"), contains=[(k.values(["text", "audio"]), 1)]
                ),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(k.schema("RealtimeConversationItem")),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "usage": k.one_of(
                    k.values([None]),
                    k.object(
                        {},
                        {
                            "total_tokens": k.integer(0, None),
                            "input_tokens": k.integer(0, None),
                            "output_tokens": k.integer(0, None),
                            "input_token_details": k.object(
                                {},
                                {
                                    "cached_tokens": k.integer(0, None),
                                    "text_tokens": k.integer(0, None),
                                    "audio_tokens": k.integer(0, None),
                                    "cached_tokens_details": k.object(
                                        {},
                                        {
                                            "text_tokens": k.integer(0, None),
                                            "audio_tokens": k.integer(0, None),
                                        },
                                    ),
                                },
                            ),
                            "output_token_details": k.object(
                                {},
                                {
                                    "text_tokens": k.integer(0, None),
                                    "audio_tokens": k.integer(0, None),
                                },
                            ),
                        },
                    ),
                ),
                "conversation_id": k.one_of(k.values([None]), k.text(0)),
                "voice": k.values(
                    [
                        "alloy",
                        "ash",
                        "ballad",
                        "coral",
                        "echo",
                        "sage",
                        "shimmer",
                        "verse",
                    ]
                ),
                "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
                "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
                "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            },
        ),
        k.object(
            {
                "status": k.values(
                    ["in_progress", "completed", "cancelled", "failed", "incomplete"]
                ),
                "status_details": k.object(
                    {
                        "type": k.values(
                            ["completed", "cancelled", "failed", "incomplete"]
                        )
                    },
                    {
                        "reason": k.values(
                            [
                                "turn_detected",
                                "client_cancelled",
                                "max_output_tokens",
                                "content_filter",
                            ]
                        ),
                        "error": k.object(
                            {},
                            {
                                "type": k.text(0),
                                "code": k.one_of(k.values([None]), k.text(0)),
                            },
                        ),
                    },
                ),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(k.schema("RealtimeConversationItem")),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "usage": k.one_of(
                    k.values([None]),
                    k.object(
                        {},
                        {
                            "total_tokens": k.integer(0, None),
                            "input_tokens": k.integer(0, None),
                            "output_tokens": k.integer(0, None),
                            "input_token_details": k.object(
                                {},
                                {
                                    "cached_tokens": k.integer(0, None),
                                    "text_tokens": k.integer(0, None),
                                    "audio_tokens": k.integer(0, None),
                                    "cached_tokens_details": k.object(
                                        {},
                                        {
                                            "text_tokens": k.integer(0, None),
                                            "audio_tokens": k.integer(0, None),
                                        },
                                    ),
                                },
                            ),
                            "output_token_details": k.object(
                                {},
                                {
                                    "text_tokens": k.integer(0, None),
                                    "audio_tokens": k.integer(0, None),
                                },
                            ),
                        },
                    ),
                ),
                "conversation_id": k.one_of(k.values([None]), k.text(0)),
                "voice": k.values(
                    [
                        "alloy",
                        "ash",
                        "ballad",
                        "coral",
                        "echo",
                        "sage",
                        "shimmer",
                        "verse",
                    ]
                ),
                "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
                "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
                "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            },
        ),
    )


def _schema_30(k: _Kit) -> Any:
    return k.object(
        {},
        {
            "modalities": k.array(k.schema("Modality")),
            "instructions": k.text(0),
            "voice": k.values(
                ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
            ),
            "output_audio_format": k.values(["pcm16", "g711_ulaw", "g711_alaw"]),
            "tools": k.array(k.schema("FunctionTool")),
            "tool_choice": k.schema("ToolChoice"),
            "temperature": k.one_of(k.integer(0.6, 1.2), k.number(0.6, 1.2)),
            "max_response_output_tokens": k.one_of(
                k.integer(1, 4096), k.values(["inf"])
            ),
            "conversation": k.schema("ResponseConversation"),
            "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
            "input": k.array(k.schema("RealtimeConversationItemWithReference")),
        },
    )


def _schema_31(k: _Kit) -> Any:
    return k.object({}, {}, names=k.text(1, 12), extra=k.text(0, 512))


def _schema_32(k: _Kit) -> Any:
    return k.object(
        {
            "type": k.values(["session.update"]),
            "session": k.schema("RealtimeSessionCreateRequest"),
        },
        {"event_id": k.text(0)},
    )


def _schema_33(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.append"]), "audio": k.text(0, 10000)},
        {"event_id": k.text(0)},
    )


def _schema_34(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.commit"])}, {"event_id": k.text(0)}
    )


def _schema_35(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.clear"])}, {"event_id": k.text(0)}
    )


def _schema_36(k: _Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(["conversation.item.create"]),
                "item": k.object(
                    {
                        "type": k.values(
                            ["message", "function_call", "function_call_output"]
                        ),
                        "role": k.values(["user", "assistant", "system"]),
                        "content": k.array(
                            k.one_of(
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "input_text",
                                                "input_audio",
                                                "item_reference",
                                                "text",
                                                "audio",
                                            ]
                                        ),
                                        "text": k.text(0),
                                    },
                                    {
                                        "id": k.text(0),
                                        "audio": k.text(0),
                                        "transcript": k.one_of(
                                            k.values([None]), k.text(0)
                                        ),
                                    },
                                ),
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "input_text",
                                                "input_audio",
                                                "item_reference",
                                                "text",
                                                "audio",
                                            ]
                                        )
                                    },
                                    {
                                        "text": k.text(0),
                                        "id": k.text(0),
                                        "audio": k.text(0),
                                        "transcript": k.one_of(
                                            k.values([None]), k.text(0)
                                        ),
                                    },
                                ),
                            )
                        ),
                    },
                    {
                        "id": k.text(0),
                        "object": k.values(["realtime.item"]),
                        "status": k.schema("ItemStatus"),
                    },
                ),
            },
            {
                "event_id": k.text(0),
                "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            },
        ),
        k.object(
            {"type": k.values(["conversation.item.create"]), "item": k.values([])},
            {
                "event_id": k.text(0),
                "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            },
        ),
        k.object(
            {
                "type": k.values(["conversation.item.create"]),
                "item": k.object(
                    {
                        "type": k.values(
                            ["message", "function_call", "function_call_output"]
                        ),
                        "content": k.array(
                            k.one_of(
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "input_text",
                                                "input_audio",
                                                "item_reference",
                                                "text",
                                                "audio",
                                            ]
                                        ),
                                        "text": k.text(0),
                                    },
                                    {
                                        "id": k.text(0),
                                        "audio": k.text(0),
                                        "transcript": k.one_of(
                                            k.values([None]), k.text(0)
                                        ),
                                    },
                                ),
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "input_text",
                                                "input_audio",
                                                "item_reference",
                                                "text",
                                                "audio",
                                            ]
                                        )
                                    },
                                    {
                                        "text": k.text(0),
                                        "id": k.text(0),
                                        "audio": k.text(0),
                                        "transcript": k.one_of(
                                            k.values([None]), k.text(0)
                                        ),
                                    },
                                ),
                            )
                        ),
                        "role": k.values(["user", "assistant", "system"]),
                    },
                    {
                        "id": k.text(0),
                        "object": k.values(["realtime.item"]),
                        "status": k.schema("ItemStatus"),
                    },
                ),
            },
            {
                "event_id": k.text(0),
                "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            },
        ),
    )


def _schema_37(k: _Kit) -> Any:
    return k.object(
        {
            "type": k.values(["conversation.item.truncate"]),
            "item_id": k.text(0),
            "content_index": k.values([0]),
            "audio_end_ms": k.integer(0, None),
        },
        {"event_id": k.text(0)},
    )


def _schema_38(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["conversation.item.delete"]), "item_id": k.text(0)},
        {"event_id": k.text(0)},
    )


def _schema_39(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["response.create"])},
        {"event_id": k.text(0), "response": k.schema("RealtimeResponseCreateParams")},
    )


def _schema_40(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["response.cancel"])},
        {"event_id": k.text(0), "response_id": k.text(0)},
    )


def _schema_41(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["error"]),
            "error": k.schema("ErrorDetails"),
        },
        {},
    )


def _schema_42(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.created"]),
            "session": k.schema("RealtimeSession"),
        },
        {},
    )


def _schema_43(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.updated"]),
            "session": k.schema("RealtimeSession"),
        },
        {},
    )


def _schema_44(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.created"]),
            "conversation": k.schema("Conversation"),
        },
        {},
    )


def _schema_45(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.created"]),
            "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            "item": k.schema("RealtimeConversationItem"),
        },
        {},
    )


def _schema_46(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.input_audio_transcription.completed"]),
            "item_id": k.text(0),
            "content_index": k.integer(0, None),
            "transcript": k.text(0),
        },
        {},
    )


def _schema_47(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.input_audio_transcription.failed"]),
            "item_id": k.text(0),
            "content_index": k.integer(0, None),
            "error": k.schema("TranscriptionError"),
        },
        {},
    )


def _schema_48(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.truncated"]),
            "item_id": k.text(0),
            "content_index": k.integer(0, None),
            "audio_end_ms": k.integer(0, None),
        },
        {},
    )


def _schema_49(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.deleted"]),
            "item_id": k.text(0),
        },
        {},
    )


def _schema_50(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.committed"]),
            "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            "item_id": k.text(0),
        },
        {},
    )


def _schema_51(k: _Kit) -> Any:
    return k.object(
        {"event_id": k.text(0), "type": k.values(["input_audio_buffer.cleared"])}, {}
    )


def _schema_52(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.speech_started"]),
            "audio_start_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _schema_53(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.speech_stopped"]),
            "audio_end_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _schema_54(k: _Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["response.created"]),
                "response": k.one_of(
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "message",
                                                "function_call",
                                                "function_call_output",
                                            ]
                                        ),
                                        "role": k.values(
                                            ["user", "assistant", "system"]
                                        ),
                                        "content": k.array(
                                            k.one_of(
                                                k.object(
                                                    {
                                                        "type": k.values(
                                                            [
                                                                "input_text",
                                                                "input_audio",
                                                                "item_reference",
                                                                "text",
                                                                "audio",
                                                            ]
                                                        ),
                                                        "text": k.text(0),
                                                    },
                                                    {
                                                        "id": k.text(0),
                                                        "audio": k.text(0),
                                                        "transcript": k.one_of(
                                                            k.values([None]), k.text(0)
                                                        ),
                                                    },
                                                ),
                                                k.object(
                                                    {
                                                        "type": k.values(
                                                            [
                                                                "input_text",
                                                                "input_audio",
                                                                "item_reference",
                                                                "text",
                                                                "audio",
                                                            ]
                                                        )
                                                    },
                                                    {
                                                        "text": k.text(0),
                                                        "id": k.text(0),
                                                        "audio": k.text(0),
                                                        "transcript": k.one_of(
                                                            k.values([None]), k.text(0)
                                                        ),
                                                    },
                                                ),
                                            )
                                        ),
                                    },
                                    {
                                        "id": k.text(0),
                                        "object": k.values(["realtime.item"]),
                                        "status": k.schema("ItemStatus"),
                                    },
                                )
                            ),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                            "modalities": k.array(
                                k.schema("Modality"),
                                contains=[(k.values(["text", "audio"]), 1)],
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                ),
            },
            {},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["response.created"]),
                "response": k.one_of(
                    k.object(
                        {
                            "status_details": k.values([None]),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "message",
                                                "function_call",
                                                "function_call_output",
                                            ]
                                        ),
                                        "role": k.values(
                                            ["user", "assistant", "system"]
                                        ),
                                        "content": k.array(
                                            k.one_of(
                                                k.object(
                                                    {
                                                        "type": k.values(
                                                            [
                                                                "input_text",
                                                                "input_audio",
                                                                "item_reference",
                                                                "text",
                                                                "audio",
                                                            ]
                                                        ),
                                                        "text": k.text(0),
                                                    },
                                                    {
                                                        "id": k.text(0),
                                                        "audio": k.text(0),
                                                        "transcript": k.one_of(
                                                            k.values([None]), k.text(0)
                                                        ),
                                                    },
                                                ),
                                                k.object(
                                                    {
                                                        "type": k.values(
                                                            [
                                                                "input_text",
                                                                "input_audio",
                                                                "item_reference",
                                                                "text",
                                                                "audio",
                                                            ]
                                                        )
                                                    },
                                                    {
                                                        "text": k.text(0),
                                                        "id": k.text(0),
                                                        "audio": k.text(0),
                                                        "transcript": k.one_of(
                                                            k.values([None]), k.text(0)
                                                        ),
                                                    },
                                                ),
                                            )
                                        ),
                                    },
                                    {
                                        "id": k.text(0),
                                        "object": k.values(["realtime.item"]),
                                        "status": k.schema("ItemStatus"),
                                    },
                                )
                            ),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status_details": k.values([None]),
                            "modalities": k.array(
                                k.schema("Modality"),
                                contains=[(k.values(["text", "audio"]), 1)],
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {"status_details": k.values([None])},
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                ),
            },
            {},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["response.created"]),
                "response": k.schema("RealtimeResponse"),
            },
            {},
        ),
    )


def _schema_55(k: _Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["response.done"]),
                "response": k.values([]),
            },
            {},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["response.done"]),
                "response": k.one_of(
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "output": k.array(
                                k.object(
                                    {
                                        "type": k.values(
                                            [
                                                "message",
                                                "function_call",
                                                "function_call_output",
                                            ]
                                        ),
                                        "role": k.values(
                                            ["user", "assistant", "system"]
                                        ),
                                        "content": k.array(
                                            k.one_of(
                                                k.object(
                                                    {
                                                        "type": k.values(
                                                            [
                                                                "input_text",
                                                                "input_audio",
                                                                "item_reference",
                                                                "text",
                                                                "audio",
                                                            ]
                                                        ),
                                                        "text": k.text(0),
                                                    },
                                                    {
                                                        "id": k.text(0),
                                                        "audio": k.text(0),
                                                        "transcript": k.one_of(
                                                            k.values([None]), k.text(0)
                                                        ),
                                                    },
                                                ),
                                                k.object(
                                                    {
                                                        "type": k.values(
                                                            [
                                                                "input_text",
                                                                "input_audio",
                                                                "item_reference",
                                                                "text",
                                                                "audio",
                                                            ]
                                                        )
                                                    },
                                                    {
                                                        "text": k.text(0),
                                                        "id": k.text(0),
                                                        "audio": k.text(0),
                                                        "transcript": k.one_of(
                                                            k.values([None]), k.text(0)
                                                        ),
                                                    },
                                                ),
                                            )
                                        ),
                                    },
                                    {
                                        "id": k.text(0),
                                        "object": k.values(["realtime.item"]),
                                        "status": k.schema("ItemStatus"),
                                    },
                                )
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                            "modalities": k.array(
                                k.schema("Modality"),
                                contains=[(k.values(["text", "audio"]), 1)],
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                ),
            },
            {},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["response.done"]),
                "response": k.one_of(
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                            "modalities": k.array(
                                k.schema("Modality"),
                                contains=[(k.values(["text", "audio"]), 1)],
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "in_progress",
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                ]
                            ),
                            "status_details": k.object(
                                {
                                    "type": k.values(
                                        [
                                            "completed",
                                            "cancelled",
                                            "failed",
                                            "incomplete",
                                        ]
                                    )
                                },
                                {
                                    "reason": k.values(
                                        [
                                            "turn_detected",
                                            "client_cancelled",
                                            "max_output_tokens",
                                            "content_filter",
                                        ]
                                    ),
                                    "error": k.object(
                                        {},
                                        {
                                            "type": k.text(0),
                                            "code": k.one_of(
                                                k.values([None]), k.text(0)
                                            ),
                                        },
                                    ),
                                },
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.one_of(
                                k.values([None]),
                                k.object(
                                    {},
                                    {
                                        "total_tokens": k.integer(0, None),
                                        "input_tokens": k.integer(0, None),
                                        "output_tokens": k.integer(0, None),
                                        "input_token_details": k.object(
                                            {},
                                            {
                                                "cached_tokens": k.integer(0, None),
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                                "cached_tokens_details": k.object(
                                                    {},
                                                    {
                                                        "text_tokens": k.integer(
                                                            0, None
                                                        ),
                                                        "audio_tokens": k.integer(
                                                            0, None
                                                        ),
                                                    },
                                                ),
                                            },
                                        ),
                                        "output_token_details": k.object(
                                            {},
                                            {
                                                "text_tokens": k.integer(0, None),
                                                "audio_tokens": k.integer(0, None),
                                            },
                                        ),
                                    },
                                ),
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "voice": k.values(
                                [
                                    "alloy",
                                    "ash",
                                    "ballad",
                                    "coral",
                                    "echo",
                                    "sage",
                                    "shimmer",
                                    "verse",
                                ]
                            ),
                            "output_audio_format": k.values(
                                ["pcm16", "g711_ulaw", "g711_alaw"]
                            ),
                            "temperature": k.one_of(
                                k.integer(0.6, 1.2), k.number(0.6, 1.2)
                            ),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                ),
            },
            {},
        ),
    )


def _schema_56(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.output_item.added"]),
            "response_id": k.text(0),
            "output_index": k.integer(0, None),
            "item": k.schema("RealtimeConversationItem"),
        },
        {},
    )


def _schema_57(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.output_item.done"]),
            "response_id": k.text(0),
            "output_index": k.integer(0, None),
            "item": k.schema("RealtimeConversationItem"),
        },
        {},
    )


def _schema_58(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.content_part.added"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "part": k.schema("ContentPart"),
        },
        {},
    )


def _schema_59(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.content_part.done"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "part": k.schema("ContentPart"),
        },
        {},
    )


def _schema_60(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.text.delta"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "delta": k.text(0),
        },
        {},
    )


def _schema_61(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.text.done"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "text": k.text(0),
        },
        {},
    )


def _schema_62(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.audio_transcript.delta"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "delta": k.text(0),
        },
        {},
    )


def _schema_63(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.audio_transcript.done"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "transcript": k.text(0),
        },
        {},
    )


def _schema_64(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.audio.delta"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
            "delta": k.text(0),
        },
        {},
    )


def _schema_65(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.audio.done"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "content_index": k.integer(0, None),
        },
        {},
    )


def _schema_66(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.function_call_arguments.delta"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "call_id": k.text(0),
            "delta": k.text(0),
        },
        {},
    )


def _schema_67(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.function_call_arguments.done"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "call_id": k.text(0),
            "arguments": k.text(0),
        },
        {},
    )


def _schema_68(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["rate_limits.updated"]),
            "rate_limits": k.array(k.schema("RateLimit")),
        },
        {},
    )


def _schema_69(k: _Kit) -> Any:
    return k.object(
        {"type": k.text(0), "message": k.text(0)},
        {
            "code": k.one_of(k.values([None]), k.text(0)),
            "param": k.one_of(k.values([None]), k.text(0)),
            "event_id": k.one_of(k.values([None]), k.text(0)),
        },
    )


def _schema_70(k: _Kit) -> Any:
    return k.object(
        {},
        {
            "type": k.text(0),
            "code": k.one_of(k.values([None]), k.text(0)),
            "message": k.text(0),
            "param": k.one_of(k.values([None]), k.text(0)),
        },
    )


def _schema_71(k: _Kit) -> Any:
    return k.object(
        {},
        {
            "name": k.schema("RateLimitName"),
            "limit": k.integer(0, None),
            "remaining": k.integer(0, None),
            "reset_seconds": k.one_of(k.integer(0, None), k.number(0, None)),
        },
    )


_MADE: Final[dict[str, tuple[Callable[[_Kit], Any], list[Any]]]] = {
    "Voice": (_schema_0, ["ash"]),
    "AudioFormat": (_schema_1, ["pcm16"]),
    "Modality": (_schema_2, ["text"]),
    "RealtimeModel": (_schema_3, ["gpt-4o-realtime-preview"]),
    "TranscriptionModel": (_schema_4, ["whisper-1"]),
    "TurnDetectionType": (_schema_5, ["server_vad"]),
    "ToolChoiceMode": (_schema_6, ["auto"]),
    "ItemType": (_schema_7, ["message"]),
    "ItemStatus": (_schema_8, ["completed"]),
    "MessageRole": (_schema_9, ["user"]),
    "ContentType": (_schema_10, ["text"]),
    "ContentPartType": (_schema_11, ["text"]),
    "ResponseStatus": (_schema_12, ["failed"]),
    "ResponseConversation": (_schema_13, ["auto"]),
    "RateLimitName": (_schema_14, ["tokens"]),
    "ReasoningEffort": (_schema_15, ["low"]),
    "ReasoningModel": (_schema_16, ["o1"]),
    "RealtimeSession": (_schema_17, [{}]),
    "RealtimeSessionCreateRequest": (_schema_18, [{}]),
    "RealtimeSessionCreateResponse": (
        _schema_19,
        [{"client_secret": {"value": "", "expires_at": 0}}],
    ),
    "FunctionTool": (_schema_20, [{"type": "function", "name": ""}]),
    "ToolChoice": (_schema_21, ["auto"]),
    "ToolChoiceFunction": (
        _schema_22,
        [{"type": "function", "function": {"name": ""}}],
    ),
    "ReasoningOptions": (_schema_23, [{"model": ""}]),
    "Conversation": (_schema_24, [{}]),
    "RealtimeConversationItem": (
        _schema_25,
        [{"type": "message", "role": "user", "content": []}],
    ),
    "RealtimeConversationItemWithReference": (
        _schema_26,
        [{"type": "message", "role": "user", "content": []}],
    ),
    "ItemContent": (_schema_27, [{"type": "audio"}]),
    "ContentPart": (_schema_28, [{"type": "text"}]),
    "RealtimeResponse": (
        _schema_29,
        [{"status": "completed", "status_details": {"type": "completed"}}],
    ),
    "RealtimeResponseCreateParams": (_schema_30, [{}]),
    "Metadata": (_schema_31, [{}]),
    "RealtimeClientEventSessionUpdate": (
        _schema_32,
        [{"type": "session.update", "session": {}}],
    ),
    "RealtimeClientEventInputAudioBufferAppend": (
        _schema_33,
        [{"type": "input_audio_buffer.append", "audio": ""}],
    ),
    "RealtimeClientEventInputAudioBufferCommit": (
        _schema_34,
        [{"type": "input_audio_buffer.commit"}],
    ),
    "RealtimeClientEventInputAudioBufferClear": (
        _schema_35,
        [{"type": "input_audio_buffer.clear"}],
    ),
    "RealtimeClientEventConversationItemCreate": (
        _schema_36,
        [
            {
                "type": "conversation.item.create",
                "item": {"type": "message", "role": "user", "content": []},
            },
        ],
    ),
    "RealtimeClientEventConversationItemTruncate": (
        _schema_37,
        [
            {
                "type": "conversation.item.truncate",
                "item_id": "",
                "content_index": 0,
                "audio_end_ms": 0,
            },
        ],
    ),
    "RealtimeClientEventConversationItemDelete": (
        _schema_38,
        [{"type": "conversation.item.delete", "item_id": ""}],
    ),
    "RealtimeClientEventResponseCreate": (_schema_39, [{"type": "response.create"}]),
    "RealtimeClientEventResponseCancel": (_schema_40, [{"type": "response.cancel"}]),
    "RealtimeServerEventError": (
        _schema_41,
        [{"event_id": "", "type": "error", "error": {"type": "", "message": ""}}],
    ),
    "RealtimeServerEventSessionCreated": (
        _schema_42,
        [{"event_id": "", "type": "session.created", "session": {}}],
    ),
    "RealtimeServerEventSessionUpdated": (
        _schema_43,
        [{"event_id": "", "type": "session.updated", "session": {}}],
    ),
    "RealtimeServerEventConversationCreated": (
        _schema_44,
        [{"event_id": "", "type": "conversation.created", "conversation": {}}],
    ),
    "RealtimeServerEventConversationItemCreated": (
        _schema_45,
        [
            {
                "event_id": "",
                "type": "conversation.item.created",
                "previous_item_id": "",
                "item": {"type": "message", "role": "user", "content": []},
            },
        ],
    ),
    "RealtimeServerEventConversationItemInputAudioTranscriptionCompleted": (
        _schema_46,
        [
            {
                "event_id": "",
                "type": "conversation.item.input_audio_transcription.completed",
                "item_id": "",
                "content_index": 0,
                "transcript": "",
            },
        ],
    ),
    "RealtimeServerEventConversationItemInputAudioTranscriptionFailed": (
        _schema_47,
        [
            {
                "event_id": "",
                "type": "conversation.item.input_audio_transcription.failed",
                "item_id": "",
                "content_index": 0,
                "error": {},
            },
        ],
    ),
    "RealtimeServerEventConversationItemTruncated": (
        _schema_48,
        [
            {
                "event_id": "",
                "type": "conversation.item.truncated",
                "item_id": "",
                "content_index": 0,
                "audio_end_ms": 0,
            },
        ],
    ),
    "RealtimeServerEventConversationItemDeleted": (
        _schema_49,
        [{"event_id": "", "type": "conversation.item.deleted", "item_id": ""}],
    ),
    "RealtimeServerEventInputAudioBufferCommitted": (
        _schema_50,
        [
            {
                "event_id": "",
                "type": "input_audio_buffer.committed",
                "previous_item_id": "",
                "item_id": "",
            },
        ],
    ),
    "RealtimeServerEventInputAudioBufferCleared": (
        _schema_51,
        [{"event_id": "", "type": "input_audio_buffer.cleared"}],
    ),
    "RealtimeServerEventInputAudioBufferSpeechStarted": (
        _schema_52,
        [
            {
                "event_id": "",
                "type": "input_audio_buffer.speech_started",
                "audio_start_ms": 0,
                "item_id": "",
            },
        ],
    ),
    "RealtimeServerEventInputAudioBufferSpeechStopped": (
        _schema_53,
        [
            {
                "event_id": "",
                "type": "input_audio_buffer.speech_stopped",
                "audio_end_ms": 0,
                "item_id": "",
            },
        ],
    ),
    "RealtimeServerEventResponseCreated": (
        _schema_54,
        [
            {
                "event_id": "",
                "type": "response.created",
                "response": {"status_details": None},
            }
        ],
    ),
    "RealtimeServerEventResponseDone": (
        _schema_55,
        [
            {
                "event_id": "",
                "type": "response.done",
                "response": {"status_details": None},
            }
        ],
    ),
    "RealtimeServerEventResponseOutputItemAdded": (
        _schema_56,
        [
            {
                "event_id": "",
                "type": "response.output_item.added",
                "response_id": "",
                "output_index": 0,
                "item": {"type": "message", "role": "user", "content": []},
            },
        ],
    ),
    "RealtimeServerEventResponseOutputItemDone": (
        _schema_57,
        [
            {
                "event_id": "",
                "type": "response.output_item.done",
                "response_id": "",
                "output_index": 0,
                "item": {"type": "message", "role": "user", "content": []},
            },
        ],
    ),
    "RealtimeServerEventResponseContentPartAdded": (
        _schema_58,
        [
            {
                "event_id": "",
                "type": "response.content_part.added",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "part": {"type": "text"},
            },
        ],
    ),
    "RealtimeServerEventResponseContentPartDone": (
        _schema_59,
        [
            {
                "event_id": "",
                "type": "response.content_part.done",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "part": {"type": "text"},
            },
        ],
    ),
    "RealtimeServerEventResponseTextDelta": (
        _schema_60,
        [
            {
                "event_id": "",
                "type": "response.text.delta",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "delta": "",
            },
        ],
    ),
    "RealtimeServerEventResponseTextDone": (
        _schema_61,
        [
            {
                "event_id": "",
                "type": "response.text.done",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "text": "",
            },
        ],
    ),
    "RealtimeServerEventResponseAudioTranscriptDelta": (
        _schema_62,
        [
            {
                "event_id": "",
                "type": "response.audio_transcript.delta",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "delta": "",
            },
        ],
    ),
    "RealtimeServerEventResponseAudioTranscriptDone": (
        _schema_63,
        [
            {
                "event_id": "",
                "type": "response.audio_transcript.done",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "transcript": "",
            },
        ],
    ),
    "RealtimeServerEventResponseAudioDelta": (
        _schema_64,
        [
            {
                "event_id": "",
                "type": "response.audio.delta",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
                "delta": "",
            },
        ],
    ),
    "RealtimeServerEventResponseAudioDone": (
        _schema_65,
        [
            {
                "event_id": "",
                "type": "response.audio.done",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "content_index": 0,
            },
        ],
    ),
    "RealtimeServerEventResponseFunctionCallArgumentsDelta": (
        _schema_66,
        [
            {
                "event_id": "",
                "type": "response.function_call_arguments.delta",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "call_id": "",
                "delta": "",
            },
        ],
    ),
    "RealtimeServerEventResponseFunctionCallArgumentsDone": (
        _schema_67,
        [
            {
                "event_id": "",
                "type": "response.function_call_arguments.done",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "call_id": "",
                "arguments": "",
            },
        ],
    ),
    "RealtimeServerEventRateLimitsUpdated": (
        _schema_68,
        [{"event_id": "", "type": "rate_limits.updated", "rate_limits": []}],
    ),
    "ErrorDetails": (_schema_69, [{"type": "", "message": ""}]),
    "TranscriptionError": (_schema_70, [{}]),
    "RateLimit": (_schema_71, [{}]),
}
