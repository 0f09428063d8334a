"""Hypothesis strategies for every schema: values to test the code that consumes them.

    from hypothesis import given
    from openai_realtime import strategies

    @given(strategies.valid("Voice"))
    def test_it_survives(value): ...

Hypothesis is imported when a strategy is asked for, never with the package.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownParameterType=false

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from math import ceil, floor
from sys import float_info
from typing import Any, Final

from .schemas import SCHEMAS

_LARGEST: Final = float_info.max


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
        least = None if low is None else -(-ceil(low) // step)
        most = None if high is None else floor(high) // step
        if least is not None and most is not None and least > most:
            return st.nothing()
        return st.integers(least, most).map(lambda count: count * step)

    def number(self, low: float | None, high: float | None) -> Any:
        """Floats between two limits, of which some are beyond all floats."""
        if (low is not None and low > _LARGEST) or (
            high is not None and high < -_LARGEST
        ):
            return self.st.nothing()
        return self.st.floats(
            None if low is None or low < -_LARGEST else float(low),
            None if high is None or high > _LARGEST else float(high),
            allow_nan=False,
            allow_infinity=False,
        )

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


def _make_Voice(k: _Kit) -> Any:
    return k.values(
        ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
    )


def _make_AudioFormat(k: _Kit) -> Any:
    return k.values(["pcm16", "g711_ulaw", "g711_alaw"])


def _make_Modality(k: _Kit) -> Any:
    return k.values(["text", "audio"])


def _make_RealtimeModel(k: _Kit) -> Any:
    return k.values(
        [
            "gpt-4o-realtime-preview",
            "gpt-4o-realtime-preview-2024-10-01",
            "gpt-4o-realtime-preview-2024-12-17",
            "gpt-4o-mini-realtime-preview",
            "gpt-4o-mini-realtime-preview-2024-12-17",
        ]
    )


def _make_TranscriptionModel(k: _Kit) -> Any:
    return k.values(["whisper-1"])


def _make_TurnDetectionType(k: _Kit) -> Any:
    return k.values(["server_vad"])


def _make_ToolChoiceMode(k: _Kit) -> Any:
    return k.values(["auto", "none", "required"])


def _make_ItemType(k: _Kit) -> Any:
    return k.values(["message", "function_call", "function_call_output"])


def _make_ItemStatus(k: _Kit) -> Any:
    return k.values(["completed", "in_progress", "incomplete"])


def _make_MessageRole(k: _Kit) -> Any:
    return k.values(["user", "assistant", "system"])


def _make_ContentType(k: _Kit) -> Any:
    return k.values(["input_text", "input_audio", "item_reference", "text", "audio"])


def _make_ContentPartType(k: _Kit) -> Any:
    return k.values(["text", "audio"])


def _make_ResponseStatus(k: _Kit) -> Any:
    return k.values(["in_progress", "completed", "cancelled", "failed", "incomplete"])


def _make_ResponseConversation(k: _Kit) -> Any:
    return k.values(["auto", "none"])


def _make_RateLimitName(k: _Kit) -> Any:
    return k.values(["requests", "tokens"])


def _make_ReasoningEffort(k: _Kit) -> Any:
    return k.values(["low", "medium", "high"])


def _make_ReasoningModel(k: _Kit) -> Any:
    return k.text(0, None, ["^(?:o1|o3-mini)(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?\\Z"])


def _make_RealtimeSession(k: _Kit) -> Any:
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


def _make_RealtimeSessionCreateRequest(k: _Kit) -> Any:
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


def _make_RealtimeSessionCreateResponse(k: _Kit) -> Any:
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


def _make_FunctionTool(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "name": k.text(0)},
        {"description": k.text(0), "parameters": k.object({}, {})},
    )


def _make_ToolChoice(k: _Kit) -> Any:
    return k.one_of(k.schema("ToolChoiceMode"), k.schema("ToolChoiceFunction"))


def _make_ToolChoiceFunction(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "function": k.object({"name": k.text(0)}, {})},
        {},
    )


def _make_ReasoningOptions(k: _Kit) -> Any:
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


def _make_Conversation(k: _Kit) -> Any:
    return k.object(
        {}, {"id": k.text(0), "object": k.values(["realtime.conversation"])}
    )


def _make_RealtimeConversationItem(k: _Kit) -> Any:
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


def _make_RealtimeConversationItemWithReference(k: _Kit) -> Any:
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


def _make_ItemContent(k: _Kit) -> Any:
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


def _make_ContentPart(k: _Kit) -> Any:
    return k.object(
        {"type": k.schema("ContentPartType")},
        {"text": k.text(0), "audio": k.text(0), "transcript": k.text(0)},
    )


def _make_RealtimeResponse(k: _Kit) -> Any:
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


def _make_RealtimeResponseCreateParams(k: _Kit) -> Any:
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


def _make_Metadata(k: _Kit) -> Any:
    return k.object({}, {}, names=k.text(1, 12), extra=k.text(0, 512))


def _make_RealtimeClientEventSessionUpdate(k: _Kit) -> Any:
    return k.object(
        {
            "type": k.values(["session.update"]),
            "session": k.schema("RealtimeSessionCreateRequest"),
        },
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventInputAudioBufferAppend(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.append"]), "audio": k.text(0, 10000)},
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventInputAudioBufferCommit(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.commit"])}, {"event_id": k.text(0)}
    )


def _make_RealtimeClientEventInputAudioBufferClear(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.clear"])}, {"event_id": k.text(0)}
    )


def _make_RealtimeClientEventConversationItemCreate(k: _Kit) -> Any:
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


def _make_RealtimeClientEventConversationItemTruncate(k: _Kit) -> Any:
    return k.object(
        {
            "type": k.values(["conversation.item.truncate"]),
            "item_id": k.text(0),
            "content_index": k.values([0]),
            "audio_end_ms": k.integer(0, None),
        },
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventConversationItemDelete(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["conversation.item.delete"]), "item_id": k.text(0)},
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventResponseCreate(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["response.create"])},
        {"event_id": k.text(0), "response": k.schema("RealtimeResponseCreateParams")},
    )


def _make_RealtimeClientEventResponseCancel(k: _Kit) -> Any:
    return k.object(
        {"type": k.values(["response.cancel"])},
        {"event_id": k.text(0), "response_id": k.text(0)},
    )


def _make_RealtimeServerEventError(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["error"]),
            "error": k.schema("ErrorDetails"),
        },
        {},
    )


def _make_RealtimeServerEventSessionCreated(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.created"]),
            "session": k.schema("RealtimeSession"),
        },
        {},
    )


def _make_RealtimeServerEventSessionUpdated(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.updated"]),
            "session": k.schema("RealtimeSession"),
        },
        {},
    )


def _make_RealtimeServerEventConversationCreated(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.created"]),
            "conversation": k.schema("Conversation"),
        },
        {},
    )


def _make_RealtimeServerEventConversationItemCreated(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.created"]),
            "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            "item": k.schema("RealtimeConversationItem"),
        },
        {},
    )


def _make_RealtimeServerEventConversationItemInputAudioTranscriptionCompleted(
    k: _Kit,
) -> Any:
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


def _make_RealtimeServerEventConversationItemInputAudioTranscriptionFailed(
    k: _Kit,
) -> Any:
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


def _make_RealtimeServerEventConversationItemTruncated(k: _Kit) -> Any:
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


def _make_RealtimeServerEventConversationItemDeleted(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.deleted"]),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferCommitted(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.committed"]),
            "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferCleared(k: _Kit) -> Any:
    return k.object(
        {"event_id": k.text(0), "type": k.values(["input_audio_buffer.cleared"])}, {}
    )


def _make_RealtimeServerEventInputAudioBufferSpeechStarted(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.speech_started"]),
            "audio_start_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferSpeechStopped(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.speech_stopped"]),
            "audio_end_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventResponseCreated(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseOutputItemAdded(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseOutputItemDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseContentPartAdded(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseContentPartDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseTextDelta(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseTextDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioTranscriptDelta(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioTranscriptDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioDelta(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseFunctionCallArgumentsDelta(k: _Kit) -> Any:
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


def _make_RealtimeServerEventResponseFunctionCallArgumentsDone(k: _Kit) -> Any:
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


def _make_RealtimeServerEventRateLimitsUpdated(k: _Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["rate_limits.updated"]),
            "rate_limits": k.array(k.schema("RateLimit")),
        },
        {},
    )


def _make_ErrorDetails(k: _Kit) -> Any:
    return k.object(
        {"type": k.text(0), "message": k.text(0)},
        {
            "code": k.one_of(k.values([None]), k.text(0)),
            "param": k.one_of(k.values([None]), k.text(0)),
            "event_id": k.one_of(k.values([None]), k.text(0)),
        },
    )


def _make_TranscriptionError(k: _Kit) -> Any:
    return k.object(
        {},
        {
            "type": k.text(0),
            "code": k.one_of(k.values([None]), k.text(0)),
            "message": k.text(0),
            "param": k.one_of(k.values([None]), k.text(0)),
        },
    )


def _make_RateLimit(k: _Kit) -> Any:
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
    "Voice": (_make_Voice, ["ash"]),
    "AudioFormat": (_make_AudioFormat, ["pcm16"]),
    "Modality": (_make_Modality, ["text"]),
    "RealtimeModel": (_make_RealtimeModel, ["gpt-4o-realtime-preview"]),
    "TranscriptionModel": (_make_TranscriptionModel, ["whisper-1"]),
    "TurnDetectionType": (_make_TurnDetectionType, ["server_vad"]),
    "ToolChoiceMode": (_make_ToolChoiceMode, ["auto"]),
    "ItemType": (_make_ItemType, ["message"]),
    "ItemStatus": (_make_ItemStatus, ["completed"]),
    "MessageRole": (_make_MessageRole, ["user"]),
    "ContentType": (_make_ContentType, ["text"]),
    "ContentPartType": (_make_ContentPartType, ["text"]),
    "ResponseStatus": (_make_ResponseStatus, ["failed"]),
    "ResponseConversation": (_make_ResponseConversation, ["auto"]),
    "RateLimitName": (_make_RateLimitName, ["tokens"]),
    "ReasoningEffort": (_make_ReasoningEffort, ["low"]),
    "ReasoningModel": (_make_ReasoningModel, ["o1"]),
    "RealtimeSession": (_make_RealtimeSession, [{}]),
    "RealtimeSessionCreateRequest": (_make_RealtimeSessionCreateRequest, [{}]),
    "RealtimeSessionCreateResponse": (
        _make_RealtimeSessionCreateResponse,
        [{"client_secret": {"value": "", "expires_at": 0}}],
    ),
    "FunctionTool": (_make_FunctionTool, [{"type": "function", "name": ""}]),
    "ToolChoice": (_make_ToolChoice, ["auto"]),
    "ToolChoiceFunction": (
        _make_ToolChoiceFunction,
        [{"type": "function", "function": {"name": ""}}],
    ),
    "ReasoningOptions": (_make_ReasoningOptions, [{"model": ""}]),
    "Conversation": (_make_Conversation, [{}]),
    "RealtimeConversationItem": (
        _make_RealtimeConversationItem,
        [{"type": "message", "role": "user", "content": []}],
    ),
    "RealtimeConversationItemWithReference": (
        _make_RealtimeConversationItemWithReference,
        [{"type": "message", "role": "user", "content": []}],
    ),
    "ItemContent": (_make_ItemContent, [{"type": "audio"}]),
    "ContentPart": (_make_ContentPart, [{"type": "text"}]),
    "RealtimeResponse": (
        _make_RealtimeResponse,
        [{"status": "completed", "status_details": {"type": "completed"}}],
    ),
    "RealtimeResponseCreateParams": (_make_RealtimeResponseCreateParams, [{}]),
    "Metadata": (_make_Metadata, [{}]),
    "RealtimeClientEventSessionUpdate": (
        _make_RealtimeClientEventSessionUpdate,
        [{"type": "session.update", "session": {}}],
    ),
    "RealtimeClientEventInputAudioBufferAppend": (
        _make_RealtimeClientEventInputAudioBufferAppend,
        [{"type": "input_audio_buffer.append", "audio": ""}],
    ),
    "RealtimeClientEventInputAudioBufferCommit": (
        _make_RealtimeClientEventInputAudioBufferCommit,
        [{"type": "input_audio_buffer.commit"}],
    ),
    "RealtimeClientEventInputAudioBufferClear": (
        _make_RealtimeClientEventInputAudioBufferClear,
        [{"type": "input_audio_buffer.clear"}],
    ),
    "RealtimeClientEventConversationItemCreate": (
        _make_RealtimeClientEventConversationItemCreate,
        [
            {
                "type": "conversation.item.create",
                "item": {"type": "message", "role": "user", "content": []},
            },
        ],
    ),
    "RealtimeClientEventConversationItemTruncate": (
        _make_RealtimeClientEventConversationItemTruncate,
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
        _make_RealtimeClientEventConversationItemDelete,
        [{"type": "conversation.item.delete", "item_id": ""}],
    ),
    "RealtimeClientEventResponseCreate": (
        _make_RealtimeClientEventResponseCreate,
        [{"type": "response.create"}],
    ),
    "RealtimeClientEventResponseCancel": (
        _make_RealtimeClientEventResponseCancel,
        [{"type": "response.cancel"}],
    ),
    "RealtimeServerEventError": (
        _make_RealtimeServerEventError,
        [{"event_id": "", "type": "error", "error": {"type": "", "message": ""}}],
    ),
    "RealtimeServerEventSessionCreated": (
        _make_RealtimeServerEventSessionCreated,
        [{"event_id": "", "type": "session.created", "session": {}}],
    ),
    "RealtimeServerEventSessionUpdated": (
        _make_RealtimeServerEventSessionUpdated,
        [{"event_id": "", "type": "session.updated", "session": {}}],
    ),
    "RealtimeServerEventConversationCreated": (
        _make_RealtimeServerEventConversationCreated,
        [{"event_id": "", "type": "conversation.created", "conversation": {}}],
    ),
    "RealtimeServerEventConversationItemCreated": (
        _make_RealtimeServerEventConversationItemCreated,
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
        _make_RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
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
        _make_RealtimeServerEventConversationItemInputAudioTranscriptionFailed,
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
        _make_RealtimeServerEventConversationItemTruncated,
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
        _make_RealtimeServerEventConversationItemDeleted,
        [{"event_id": "", "type": "conversation.item.deleted", "item_id": ""}],
    ),
    "RealtimeServerEventInputAudioBufferCommitted": (
        _make_RealtimeServerEventInputAudioBufferCommitted,
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
        _make_RealtimeServerEventInputAudioBufferCleared,
        [{"event_id": "", "type": "input_audio_buffer.cleared"}],
    ),
    "RealtimeServerEventInputAudioBufferSpeechStarted": (
        _make_RealtimeServerEventInputAudioBufferSpeechStarted,
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
        _make_RealtimeServerEventInputAudioBufferSpeechStopped,
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
        _make_RealtimeServerEventResponseCreated,
        [
            {
                "event_id": "",
                "type": "response.created",
                "response": {"status_details": None},
            }
        ],
    ),
    "RealtimeServerEventResponseDone": (
        _make_RealtimeServerEventResponseDone,
        [
            {
                "event_id": "",
                "type": "response.done",
                "response": {"status_details": None},
            }
        ],
    ),
    "RealtimeServerEventResponseOutputItemAdded": (
        _make_RealtimeServerEventResponseOutputItemAdded,
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
        _make_RealtimeServerEventResponseOutputItemDone,
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
        _make_RealtimeServerEventResponseContentPartAdded,
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
        _make_RealtimeServerEventResponseContentPartDone,
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
        _make_RealtimeServerEventResponseTextDelta,
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
        _make_RealtimeServerEventResponseTextDone,
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
        _make_RealtimeServerEventResponseAudioTranscriptDelta,
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
        _make_RealtimeServerEventResponseAudioTranscriptDone,
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
        _make_RealtimeServerEventResponseAudioDelta,
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
        _make_RealtimeServerEventResponseAudioDone,
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
        _make_RealtimeServerEventResponseFunctionCallArgumentsDelta,
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
        _make_RealtimeServerEventResponseFunctionCallArgumentsDone,
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
        _make_RealtimeServerEventRateLimitsUpdated,
        [{"event_id": "", "type": "rate_limits.updated", "rate_limits": []}],
    ),
    "ErrorDetails": (_make_ErrorDetails, [{"type": "", "message": ""}]),
    "TranscriptionError": (_make_TranscriptionError, [{}]),
    "RateLimit": (_make_RateLimit, [{}]),
}
