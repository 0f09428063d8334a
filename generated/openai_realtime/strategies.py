"""Hypothesis strategies for every schema: values to test the code that consumes them.

    from hypothesis import given
    from openai_realtime import strategies

    @given(strategies.valid("Voice"))
    def test_it_survives(value): ...

Hypothesis is imported when a strategy is asked for, never with the package.
"""

from __future__ import annotations

from typing import Any, Final

from ._runtime.kit import Kit, Made
from .schemas import SCHEMAS


def valid(name: str) -> Any:
    """JSON values that a schema accepts, by construction, as a strategy.

    Raises KeyError for a name that `SCHEMAS` does not hold.
    """
    return Kit(SCHEMAS, _MADE).schema(name)


def invalid(name: str) -> Any:
    """JSON values that a schema rejects: valid ones with one damage, as a strategy.

    Nothing can be drawn from it if the schema accepts everything.
    """
    return Kit(SCHEMAS, _MADE).invalid(name)


def _make_Voice(k: Kit) -> Any:
    return k.values(
        ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
    )


def _make_AudioFormat(k: Kit) -> Any:
    return k.values(["pcm16", "g711_ulaw", "g711_alaw"])


def _make_Modality(k: Kit) -> Any:
    return k.values(["text", "audio"])


def _make_RealtimeModel(k: Kit) -> Any:
    return k.values(
        [
            "gpt-4o-realtime-preview",
            "gpt-4o-realtime-preview-2024-10-01",
            "gpt-4o-realtime-preview-2024-12-17",
            "gpt-4o-mini-realtime-preview",
            "gpt-4o-mini-realtime-preview-2024-12-17",
        ]
    )


def _make_TranscriptionModel(k: Kit) -> Any:
    return k.values(["whisper-1"])


def _make_TurnDetectionType(k: Kit) -> Any:
    return k.values(["server_vad"])


def _make_ToolChoiceMode(k: Kit) -> Any:
    return k.values(["auto", "none", "required"])


def _make_ItemType(k: Kit) -> Any:
    return k.values(["message", "function_call", "function_call_output"])


def _make_ItemStatus(k: Kit) -> Any:
    return k.values(["completed", "in_progress", "incomplete"])


def _make_MessageRole(k: Kit) -> Any:
    return k.values(["user", "assistant", "system"])


def _make_ContentType(k: Kit) -> Any:
    return k.values(["input_text", "input_audio", "item_reference", "text", "audio"])


def _make_ContentPartType(k: Kit) -> Any:
    return k.values(["text", "audio"])


def _make_ResponseStatus(k: Kit) -> Any:
    return k.values(["in_progress", "completed", "cancelled", "failed", "incomplete"])


def _make_ResponseConversation(k: Kit) -> Any:
    return k.values(["auto", "none"])


def _make_RateLimitName(k: Kit) -> Any:
    return k.values(["requests", "tokens"])


def _make_ReasoningEffort(k: Kit) -> Any:
    return k.values(["low", "medium", "high"])


def _make_ReasoningModel(k: Kit) -> Any:
    return k.text(0, None, ["^(?:o1|o3-mini)(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?\\Z"])


def _make_RealtimeSession(k: Kit) -> Any:
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


def _make_RealtimeSessionCreateRequest(k: Kit) -> Any:
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


def _make_RealtimeSessionCreateResponse(k: Kit) -> Any:
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


def _make_FunctionTool(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "name": k.text(0)},
        {"description": k.text(0), "parameters": k.object({}, {})},
    )


def _make_ToolChoice(k: Kit) -> Any:
    return k.one_of(k.schema("ToolChoiceMode"), k.schema("ToolChoiceFunction"))


def _make_ToolChoiceFunction(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "function": k.object({"name": k.text(0)}, {})},
        {},
    )


def _make_ReasoningOptions(k: Kit) -> Any:
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


def _make_Conversation(k: Kit) -> Any:
    return k.object(
        {}, {"id": k.text(0), "object": k.values(["realtime.conversation"])}
    )


def _part_1(k: Kit) -> Any:
    return k.array(
        k.one_of(
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
    )


def _make_RealtimeConversationItem(k: Kit) -> Any:
    return k.one_of(
        k.object(
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
        ),
        k.object(
            {
                "type": k.values(["message", "function_call", "function_call_output"]),
                "role": k.values(["user", "assistant", "system"]),
                "content": k.part(_part_1, [[]]),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.item"]),
                "status": k.schema("ItemStatus"),
            },
        ),
    )


def _part_2(k: Kit) -> Any:
    return k.array(
        k.one_of(
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
    )


def _make_RealtimeConversationItemWithReference(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(
                    [
                        "message",
                        "function_call",
                        "function_call_output",
                        "item_reference",
                    ]
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
        ),
        k.object(
            {
                "type": k.values(
                    [
                        "message",
                        "function_call",
                        "function_call_output",
                        "item_reference",
                    ]
                ),
                "role": k.values(["user", "assistant", "system"]),
                "content": k.part(_part_2, [[]]),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.item"]),
                "status": k.schema("ItemStatus"),
            },
        ),
    )


def _make_ItemContent(k: Kit) -> Any:
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


def _make_ContentPart(k: Kit) -> Any:
    return k.object(
        {"type": k.schema("ContentPartType")},
        {"text": k.text(0), "audio": k.text(0), "transcript": k.text(0)},
    )


def _part_3(k: Kit) -> Any:
    return k.array(
        k.one_of(
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
    )


def _part_4(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["completed", "cancelled", "failed", "incomplete"])},
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
                {}, {"type": k.text(0), "code": k.one_of(k.values([None]), k.text(0))}
            ),
        },
    )


def _part_5(k: Kit) -> Any:
    return k.one_of(
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
    )


def _make_RealtimeResponse(k: Kit) -> Any:
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
                    k.one_of(
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
                        ),
                        k.object(
                            {
                                "type": k.values(
                                    ["message", "function_call", "function_call_output"]
                                ),
                                "role": k.values(["user", "assistant", "system"]),
                                "content": k.part(_part_3, [[]]),
                            },
                            {
                                "id": k.text(0),
                                "object": k.values(["realtime.item"]),
                                "status": k.schema("ItemStatus"),
                            },
                        ),
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
                "status_details": k.part(_part_4, [{"type": "completed"}]),
                "modalities": k.array(
                    k.schema("Modality"), contains=[(k.values(["text", "audio"]), 1)]
                ),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(k.schema("RealtimeConversationItem")),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "usage": k.part(_part_5, [{}]),
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
                "status_details": k.part(_part_4, [{"type": "completed"}]),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(k.schema("RealtimeConversationItem")),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "usage": k.part(_part_5, [{}]),
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


def _make_RealtimeResponseCreateParams(k: Kit) -> Any:
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


def _make_Metadata(k: Kit) -> Any:
    return k.object({}, {}, names=k.text(1, 12), extra=k.text(0, 512))


def _make_RealtimeClientEventSessionUpdate(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["session.update"]),
            "session": k.schema("RealtimeSessionCreateRequest"),
        },
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventInputAudioBufferAppend(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.append"]), "audio": k.text(0, 10000)},
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventInputAudioBufferCommit(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.commit"])}, {"event_id": k.text(0)}
    )


def _make_RealtimeClientEventInputAudioBufferClear(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.clear"])}, {"event_id": k.text(0)}
    )


def _part_6(k: Kit) -> Any:
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


def _make_RealtimeClientEventConversationItemCreate(k: Kit) -> Any:
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
                        "content": k.part(_part_1, [[]]),
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
                            k.part(_part_6, [{"type": "input_text", "text": ""}])
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


def _make_RealtimeClientEventConversationItemTruncate(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["conversation.item.truncate"]),
            "item_id": k.text(0),
            "content_index": k.values([0]),
            "audio_end_ms": k.integer(0, None),
        },
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventConversationItemDelete(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["conversation.item.delete"]), "item_id": k.text(0)},
        {"event_id": k.text(0)},
    )


def _make_RealtimeClientEventResponseCreate(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["response.create"])},
        {"event_id": k.text(0), "response": k.schema("RealtimeResponseCreateParams")},
    )


def _make_RealtimeClientEventResponseCancel(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["response.cancel"])},
        {"event_id": k.text(0), "response_id": k.text(0)},
    )


def _make_RealtimeServerEventError(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["error"]),
            "error": k.schema("ErrorDetails"),
        },
        {},
    )


def _make_RealtimeServerEventSessionCreated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.created"]),
            "session": k.schema("RealtimeSession"),
        },
        {},
    )


def _make_RealtimeServerEventSessionUpdated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.updated"]),
            "session": k.schema("RealtimeSession"),
        },
        {},
    )


def _make_RealtimeServerEventConversationCreated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.created"]),
            "conversation": k.schema("Conversation"),
        },
        {},
    )


def _make_RealtimeServerEventConversationItemCreated(k: Kit) -> Any:
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
    k: Kit,
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
    k: Kit,
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


def _make_RealtimeServerEventConversationItemTruncated(k: Kit) -> Any:
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


def _make_RealtimeServerEventConversationItemDeleted(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.deleted"]),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferCommitted(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.committed"]),
            "previous_item_id": k.one_of(k.values([None]), k.text(0)),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferCleared(k: Kit) -> Any:
    return k.object(
        {"event_id": k.text(0), "type": k.values(["input_audio_buffer.cleared"])}, {}
    )


def _make_RealtimeServerEventInputAudioBufferSpeechStarted(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.speech_started"]),
            "audio_start_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferSpeechStopped(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.speech_stopped"]),
            "audio_end_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _part_7(k: Kit) -> Any:
    return k.array(
        k.one_of(
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
            ),
            k.object(
                {
                    "type": k.values(
                        ["message", "function_call", "function_call_output"]
                    ),
                    "role": k.values(["user", "assistant", "system"]),
                    "content": k.part(_part_3, [[]]),
                },
                {
                    "id": k.text(0),
                    "object": k.values(["realtime.item"]),
                    "status": k.schema("ItemStatus"),
                },
            ),
        )
    )


def _make_RealtimeServerEventResponseCreated(k: Kit) -> Any:
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.part(_part_7, [[]]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
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
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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
                            "output": k.part(_part_7, [[]]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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
                            "usage": k.part(_part_5, [{}]),
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
                            "usage": k.part(_part_5, [{}]),
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


def _part_8(k: Kit) -> Any:
    return k.one_of(
        k.object(
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
        ),
        k.object(
            {
                "type": k.values(["message", "function_call", "function_call_output"]),
                "role": k.values(["user", "assistant", "system"]),
                "content": k.part(_part_3, [[]]),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.item"]),
                "status": k.schema("ItemStatus"),
            },
        ),
    )


def _make_RealtimeServerEventResponseDone(k: Kit) -> Any:
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
                                k.part(
                                    _part_8,
                                    [
                                        {
                                            "type": "message",
                                            "role": "user",
                                            "content": [],
                                        }
                                    ],
                                )
                            ),
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
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
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
                            "modalities": k.array(k.schema("Modality")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
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
                            "usage": k.part(_part_5, [{}]),
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
                            "status_details": k.part(_part_4, [{"type": "completed"}]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "usage": k.part(_part_5, [{}]),
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


def _make_RealtimeServerEventResponseOutputItemAdded(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseOutputItemDone(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseContentPartAdded(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseContentPartDone(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseTextDelta(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseTextDone(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioTranscriptDelta(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioTranscriptDone(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioDelta(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseAudioDone(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseFunctionCallArgumentsDelta(k: Kit) -> Any:
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


def _make_RealtimeServerEventResponseFunctionCallArgumentsDone(k: Kit) -> Any:
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


def _make_RealtimeServerEventRateLimitsUpdated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["rate_limits.updated"]),
            "rate_limits": k.array(k.schema("RateLimit")),
        },
        {},
    )


def _make_ErrorDetails(k: Kit) -> Any:
    return k.object(
        {"type": k.text(0), "message": k.text(0)},
        {
            "code": k.one_of(k.values([None]), k.text(0)),
            "param": k.one_of(k.values([None]), k.text(0)),
            "event_id": k.one_of(k.values([None]), k.text(0)),
        },
    )


def _make_TranscriptionError(k: Kit) -> Any:
    return k.object(
        {},
        {
            "type": k.text(0),
            "code": k.one_of(k.values([None]), k.text(0)),
            "message": k.text(0),
            "param": k.one_of(k.values([None]), k.text(0)),
        },
    )


def _make_RateLimit(k: Kit) -> Any:
    return k.object(
        {},
        {
            "name": k.schema("RateLimitName"),
            "limit": k.integer(0, None),
            "remaining": k.integer(0, None),
            "reset_seconds": k.one_of(k.integer(0, None), k.number(0, None)),
        },
    )


_MADE: Final[Made] = {
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
            }
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
