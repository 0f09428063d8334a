"""Hypothesis strategies for every schema: values to test the code that consumes them.

    from hypothesis import given
    from openai_realtime_ga import strategies

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
        [
            "alloy",
            "ash",
            "ballad",
            "coral",
            "echo",
            "sage",
            "shimmer",
            "verse",
            "marin",
            "cedar",
        ]
    )


def _make_Modality(k: Kit) -> Any:
    return k.values(["text", "audio"])


def _make_RealtimeModel(k: Kit) -> Any:
    return k.values(
        [
            "gpt-realtime",
            "gpt-realtime-1.5",
            "gpt-realtime-2",
            "gpt-realtime-2.1",
            "gpt-realtime-2.1-mini",
            "gpt-realtime-2025-08-28",
            "gpt-4o-realtime-preview",
            "gpt-4o-realtime-preview-2024-10-01",
            "gpt-4o-realtime-preview-2024-12-17",
            "gpt-4o-realtime-preview-2025-06-03",
            "gpt-4o-mini-realtime-preview",
            "gpt-4o-mini-realtime-preview-2024-12-17",
            "gpt-realtime-mini",
            "gpt-realtime-mini-2025-10-06",
            "gpt-realtime-mini-2025-12-15",
            "gpt-audio-1.5",
            "gpt-audio-mini",
            "gpt-audio-mini-2025-10-06",
            "gpt-audio-mini-2025-12-15",
        ]
    )


def _make_TranscriptionModel(k: Kit) -> Any:
    return k.values(
        [
            "whisper-1",
            "gpt-transcribe",
            "gpt-live-transcribe",
            "gpt-4o-mini-transcribe",
            "gpt-4o-mini-transcribe-2025-12-15",
            "gpt-4o-transcribe",
            "gpt-4o-transcribe-diarize",
            "gpt-realtime-whisper",
        ]
    )


def _make_TranscriptionDelay(k: Kit) -> Any:
    return k.values(["minimal", "low", "medium", "high", "xhigh"])


def _make_NoiseReductionType(k: Kit) -> Any:
    return k.values(["near_field", "far_field"])


def _make_TurnEagerness(k: Kit) -> Any:
    return k.values(["low", "medium", "high", "auto"])


def _make_RealtimeReasoningEffort(k: Kit) -> Any:
    return k.values(["minimal", "low", "medium", "high", "xhigh"])


def _make_TruncationStrategy(k: Kit) -> Any:
    return k.values(["auto", "disabled"])


def _make_SessionInclude(k: Kit) -> Any:
    return k.values(["item.input_audio_transcription.logprobs"])


def _make_ToolChoiceOptions(k: Kit) -> Any:
    return k.values(["none", "auto", "required"])


def _make_MCPConnector(k: Kit) -> Any:
    return k.values(
        [
            "connector_dropbox",
            "connector_gmail",
            "connector_googlecalendar",
            "connector_googledrive",
            "connector_microsoftteams",
            "connector_outlookcalendar",
            "connector_outlookemail",
            "connector_sharepoint",
        ]
    )


def _make_CallableToolAllowedCaller(k: Kit) -> Any:
    return k.values(["direct", "programmatic"])


def _make_ItemStatus(k: Kit) -> Any:
    return k.values(["completed", "incomplete", "in_progress"])


def _make_ResponseStatus(k: Kit) -> Any:
    return k.values(["completed", "cancelled", "failed", "incomplete", "in_progress"])


def _make_ResponseConversation(k: Kit) -> Any:
    return k.values(["auto", "none"])


def _make_RateLimitName(k: Kit) -> Any:
    return k.values(["requests", "tokens"])


def _make_ImageDetail(k: Kit) -> Any:
    return k.values(["low", "high", "auto", "original"])


def _make_FileInputDetail(k: Kit) -> Any:
    return k.values(["auto", "low", "high"])


def _make_RealtimeAudioFormats(k: Kit) -> Any:
    return k.one_of(
        k.schema("PcmAudioFormat"),
        k.schema("PcmuAudioFormat"),
        k.schema("PcmaAudioFormat"),
    )


def _make_PcmAudioFormat(k: Kit) -> Any:
    return k.object({"type": k.values(["audio/pcm"])}, {"rate": k.values([24000])})


def _make_PcmuAudioFormat(k: Kit) -> Any:
    return k.object({"type": k.values(["audio/pcmu"])}, {})


def _make_PcmaAudioFormat(k: Kit) -> Any:
    return k.object({"type": k.values(["audio/pcma"])}, {})


def _make_VoiceIdsShared(k: Kit) -> Any:
    return k.one_of(k.schema("Voice"), k.text(0))


def _make_VoiceIdsOrCustomVoice(k: Kit) -> Any:
    return k.one_of(k.schema("VoiceIdsShared"), k.schema("CustomVoice"))


def _make_CustomVoice(k: Kit) -> Any:
    return k.object({"id": k.text(0)}, {})


def _make_SessionAudio(k: Kit) -> Any:
    return k.object(
        {},
        {
            "input": k.schema("SessionAudioInput"),
            "output": k.schema("SessionAudioOutput"),
        },
    )


def _make_SessionAudioInput(k: Kit) -> Any:
    return k.object(
        {},
        {
            "format": k.schema("RealtimeAudioFormats"),
            "transcription": k.one_of(k.schema("AudioTranscription"), k.values([None])),
            "noise_reduction": k.one_of(k.schema("NoiseReduction"), k.values([None])),
            "turn_detection": k.one_of(
                k.schema("RealtimeTurnDetection"), k.values([None])
            ),
        },
    )


def _make_SessionAudioOutput(k: Kit) -> Any:
    return k.object(
        {},
        {
            "format": k.schema("RealtimeAudioFormats"),
            "voice": k.one_of(
                k.values(
                    [
                        "alloy",
                        "ash",
                        "ballad",
                        "coral",
                        "echo",
                        "sage",
                        "shimmer",
                        "verse",
                        "marin",
                        "cedar",
                    ]
                ),
                k.text(0),
                k.object({"id": k.text(0)}, {}),
            ),
            "speed": k.one_of(k.integer(0.25, 1.5), k.number(0.25, 1.5)),
        },
    )


def _make_ReportedAudio(k: Kit) -> Any:
    return k.object(
        {},
        {
            "input": k.schema("ReportedAudioInput"),
            "output": k.schema("ReportedAudioOutput"),
        },
    )


def _make_ReportedAudioInput(k: Kit) -> Any:
    return k.object(
        {},
        {
            "format": k.schema("RealtimeAudioFormats"),
            "transcription": k.one_of(
                k.schema("AudioTranscriptionResponse"), k.values([None])
            ),
            "noise_reduction": k.one_of(k.schema("NoiseReduction"), k.values([None])),
            "turn_detection": k.one_of(
                k.schema("RealtimeTurnDetection"), k.values([None])
            ),
        },
    )


def _make_ReportedAudioOutput(k: Kit) -> Any:
    return k.object(
        {},
        {
            "format": k.schema("RealtimeAudioFormats"),
            "voice": k.one_of(
                k.values(
                    [
                        "alloy",
                        "ash",
                        "ballad",
                        "coral",
                        "echo",
                        "sage",
                        "shimmer",
                        "verse",
                        "marin",
                        "cedar",
                    ]
                ),
                k.text(0),
            ),
            "speed": k.one_of(k.integer(0.25, 1.5), k.number(0.25, 1.5)),
        },
    )


def _make_AudioTranscription(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "model": k.values(
                    [
                        "whisper-1",
                        "gpt-4o-mini-transcribe",
                        "gpt-4o-mini-transcribe-2025-12-15",
                        "gpt-4o-transcribe",
                        "gpt-4o-transcribe-diarize",
                        "gpt-realtime-whisper",
                    ]
                )
            },
            {"language": k.text(0, None, ["^[a-z]{2}\\Z"]), "prompt": k.text(0)},
        ),
        k.object(
            {
                "model": k.values(
                    [
                        "whisper-1",
                        "gpt-4o-mini-transcribe",
                        "gpt-4o-mini-transcribe-2025-12-15",
                        "gpt-4o-transcribe",
                        "gpt-4o-transcribe-diarize",
                        "gpt-realtime-whisper",
                    ]
                )
            },
            {
                "language": k.text(0, None, ["^[a-z]{2}\\Z"]),
                "delay": k.values(["minimal", "low", "medium", "high", "xhigh"]),
            },
        ),
    )


def _make_AudioTranscriptionResponse(k: Kit) -> Any:
    return k.object(
        {},
        {
            "model": k.one_of(k.schema("TranscriptionModel"), k.text(0)),
            "language": k.one_of(k.values([None]), k.text(0)),
            "languages": k.array(k.text(0, None, ["^[a-z]{2}\\Z"]), least=1),
            "prompt": k.text(0),
        },
    )


def _make_NoiseReduction(k: Kit) -> Any:
    return k.object({"type": k.schema("NoiseReductionType")}, {})


def _make_RealtimeTurnDetection(k: Kit) -> Any:
    return k.one_of(k.schema("ServerVad"), k.schema("SemanticVad"))


def _make_ServerVad(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["server_vad"])},
        {
            "threshold": k.one_of(k.integer(0, 1), k.number(0, 1)),
            "prefix_padding_ms": k.integer(0, None),
            "silence_duration_ms": k.integer(0, None),
            "create_response": k.boolean(),
            "interrupt_response": k.boolean(),
            "idle_timeout_ms": k.one_of(k.integer(5000, 30000), k.values([None])),
        },
    )


def _make_SemanticVad(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["semantic_vad"])},
        {
            "eagerness": k.schema("TurnEagerness"),
            "create_response": k.boolean(),
            "interrupt_response": k.boolean(),
        },
    )


def _make_RealtimeTool(k: Kit) -> Any:
    return k.one_of(k.schema("RealtimeFunctionTool"), k.schema("MCPTool"))


def _make_RealtimeFunctionTool(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["function"]), "name": k.text(0)},
        {"description": k.text(0), "parameters": k.object({}, {})},
    )


def _make_MCPTool(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(["mcp"]),
                "server_label": k.text(0),
                "server_url": k.values(["https://example.com/"]),
            },
            {
                "connector_id": k.schema("MCPConnector"),
                "tunnel_id": k.text(0, None, ["^tunnel_[0-9a-z]{32}\\Z"]),
                "authorization": k.text(0),
                "server_description": k.text(0),
                "headers": k.one_of(
                    k.values([None]),
                    k.object({}, {}, names=k.text(1, 12), extra=k.text(0)),
                ),
                "allowed_tools": k.one_of(
                    k.array(k.text(0)), k.schema("MCPToolFilter"), k.values([None])
                ),
                "allowed_callers": k.one_of(
                    k.values([None]),
                    k.array(k.schema("CallableToolAllowedCaller"), least=1),
                ),
                "require_approval": k.one_of(
                    k.values(["always", "never"]),
                    k.schema("MCPApprovalFilter"),
                    k.values([None]),
                ),
                "defer_loading": k.boolean(),
            },
        ),
        k.object(
            {
                "type": k.values(["mcp"]),
                "server_label": k.text(0),
                "connector_id": k.schema("MCPConnector"),
            },
            {
                "server_url": k.values(["https://example.com/"]),
                "tunnel_id": k.text(0, None, ["^tunnel_[0-9a-z]{32}\\Z"]),
                "authorization": k.text(0),
                "server_description": k.text(0),
                "headers": k.one_of(
                    k.values([None]),
                    k.object({}, {}, names=k.text(1, 12), extra=k.text(0)),
                ),
                "allowed_tools": k.one_of(
                    k.array(k.text(0)), k.schema("MCPToolFilter"), k.values([None])
                ),
                "allowed_callers": k.one_of(
                    k.values([None]),
                    k.array(k.schema("CallableToolAllowedCaller"), least=1),
                ),
                "require_approval": k.one_of(
                    k.values(["always", "never"]),
                    k.schema("MCPApprovalFilter"),
                    k.values([None]),
                ),
                "defer_loading": k.boolean(),
            },
        ),
        k.object(
            {
                "type": k.values(["mcp"]),
                "server_label": k.text(0),
                "tunnel_id": k.text(0, None, ["^tunnel_[0-9a-z]{32}\\Z"]),
            },
            {
                "server_url": k.values(["https://example.com/"]),
                "connector_id": k.schema("MCPConnector"),
                "authorization": k.text(0),
                "server_description": k.text(0),
                "headers": k.one_of(
                    k.values([None]),
                    k.object({}, {}, names=k.text(1, 12), extra=k.text(0)),
                ),
                "allowed_tools": k.one_of(
                    k.array(k.text(0)), k.schema("MCPToolFilter"), k.values([None])
                ),
                "allowed_callers": k.one_of(
                    k.values([None]),
                    k.array(k.schema("CallableToolAllowedCaller"), least=1),
                ),
                "require_approval": k.one_of(
                    k.values(["always", "never"]),
                    k.schema("MCPApprovalFilter"),
                    k.values([None]),
                ),
                "defer_loading": k.boolean(),
            },
        ),
    )


def _make_MCPToolFilter(k: Kit) -> Any:
    return k.object({}, {"tool_names": k.array(k.text(0)), "read_only": k.boolean()})


def _make_MCPApprovalFilter(k: Kit) -> Any:
    return k.object(
        {}, {"always": k.schema("MCPToolFilter"), "never": k.schema("MCPToolFilter")}
    )


def _make_ToolChoice(k: Kit) -> Any:
    return k.one_of(
        k.schema("ToolChoiceOptions"),
        k.schema("ToolChoiceFunction"),
        k.schema("ToolChoiceMCP"),
    )


def _make_ToolChoiceFunction(k: Kit) -> Any:
    return k.object({"type": k.values(["function"]), "name": k.text(0)}, {})


def _make_ToolChoiceMCP(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["mcp"]), "server_label": k.text(0)},
        {"name": k.one_of(k.values([None]), k.text(0))},
    )


def _make_MCPListToolsTool(k: Kit) -> Any:
    return k.object(
        {"name": k.text(0), "input_schema": k.object({}, {})},
        {
            "description": k.one_of(k.values([None]), k.text(0)),
            "annotations": k.one_of(k.values([None]), k.object({}, {})),
        },
    )


def _make_SessionRequest(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeSessionCreateRequestGA"),
        k.schema("RealtimeTranscriptionSessionCreateRequestGA"),
    )


def _make_SessionReport(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeSessionCreateResponseGA"),
        k.schema("RealtimeTranscriptionSessionCreateResponseGA"),
    )


def _make_RealtimeSessionCreateRequestGA(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["realtime"])},
        {
            "output_modalities": k.array(k.schema("Modality"), least=1, most=1),
            "model": k.one_of(k.schema("RealtimeModel"), k.text(0)),
            "instructions": k.text(0),
            "audio": k.schema("SessionAudio"),
            "include": k.array(k.schema("SessionInclude")),
            "tracing": k.one_of(k.schema("Tracing"), k.values([None])),
            "tools": k.array(k.schema("RealtimeTool")),
            "tool_choice": k.schema("ToolChoice"),
            "parallel_tool_calls": k.boolean(),
            "reasoning": k.schema("RealtimeReasoning"),
            "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            "truncation": k.schema("RealtimeTruncation"),
            "prompt": k.one_of(k.schema("Prompt"), k.values([None])),
        },
    )


def _make_RealtimeSessionCreateResponseGA(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["realtime"]),
            "id": k.text(0),
            "object": k.values(["realtime.session"]),
        },
        {
            "expires_at": k.integer(0, None),
            "output_modalities": k.array(k.schema("Modality"), least=1, most=1),
            "model": k.one_of(k.schema("RealtimeModel"), k.text(0)),
            "instructions": k.text(0),
            "audio": k.schema("ReportedAudio"),
            "include": k.one_of(k.values([None]), k.array(k.schema("SessionInclude"))),
            "tracing": k.one_of(k.schema("Tracing"), k.values([None])),
            "tools": k.array(k.schema("RealtimeTool")),
            "tool_choice": k.schema("ToolChoice"),
            "parallel_tool_calls": k.boolean(),
            "reasoning": k.schema("RealtimeReasoning"),
            "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            "truncation": k.schema("RealtimeTruncation"),
            "prompt": k.one_of(k.schema("Prompt"), k.values([None])),
        },
    )


def _make_RealtimeTranscriptionSessionCreateRequestGA(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(["transcription"]),
                "audio": k.object(
                    {
                        "input": k.object(
                            {
                                "transcription": k.one_of(
                                    k.object(
                                        {"model": k.values(["gpt-realtime-whisper"])},
                                        {
                                            "language": k.text(
                                                0, None, ["^[a-z]{2}\\Z"]
                                            ),
                                            "delay": k.values(
                                                [
                                                    "minimal",
                                                    "low",
                                                    "medium",
                                                    "high",
                                                    "xhigh",
                                                ]
                                            ),
                                        },
                                    ),
                                    k.object(
                                        {"model": k.values(["gpt-realtime-whisper"])},
                                        {
                                            "language": k.text(
                                                0, None, ["^[a-z]{2}\\Z"]
                                            ),
                                            "prompt": k.text(0),
                                            "delay": k.values(
                                                [
                                                    "minimal",
                                                    "low",
                                                    "medium",
                                                    "high",
                                                    "xhigh",
                                                ]
                                            ),
                                        },
                                    ),
                                )
                            },
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "noise_reduction": k.one_of(
                                    k.schema("NoiseReduction"), k.values([None])
                                ),
                                "turn_detection": k.values([None]),
                            },
                        )
                    },
                    {},
                ),
            },
            {"include": k.array(k.schema("SessionInclude"))},
        ),
        k.object(
            {
                "type": k.values(["transcription"]),
                "audio": k.object(
                    {
                        "input": k.object(
                            {"transcription": k.values([None])},
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "noise_reduction": k.one_of(
                                    k.schema("NoiseReduction"), k.values([None])
                                ),
                                "turn_detection": k.one_of(
                                    k.schema("RealtimeTurnDetection"), k.values([None])
                                ),
                            },
                        )
                    },
                    {},
                ),
            },
            {"include": k.array(k.schema("SessionInclude"))},
        ),
        k.object(
            {
                "type": k.values(["transcription"]),
                "audio": k.object(
                    {
                        "input": k.object(
                            {
                                "transcription": k.one_of(
                                    k.object(
                                        {
                                            "model": k.values(
                                                [
                                                    "whisper-1",
                                                    "gpt-4o-mini-transcribe",
                                                    "gpt-4o-mini-transcribe-2025-12-15",
                                                    "gpt-4o-transcribe",
                                                    "gpt-4o-transcribe-diarize",
                                                    "gpt-realtime-whisper",
                                                ]
                                            )
                                        },
                                        {
                                            "language": k.text(
                                                0, None, ["^[a-z]{2}\\Z"]
                                            ),
                                            "prompt": k.text(0),
                                        },
                                    ),
                                    k.object(
                                        {
                                            "model": k.values(
                                                [
                                                    "whisper-1",
                                                    "gpt-4o-mini-transcribe",
                                                    "gpt-4o-mini-transcribe-2025-12-15",
                                                    "gpt-4o-transcribe",
                                                    "gpt-4o-transcribe-diarize",
                                                    "gpt-realtime-whisper",
                                                ]
                                            )
                                        },
                                        {
                                            "language": k.text(
                                                0, None, ["^[a-z]{2}\\Z"]
                                            ),
                                            "delay": k.values(
                                                [
                                                    "minimal",
                                                    "low",
                                                    "medium",
                                                    "high",
                                                    "xhigh",
                                                ]
                                            ),
                                        },
                                    ),
                                )
                            },
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "noise_reduction": k.one_of(
                                    k.schema("NoiseReduction"), k.values([None])
                                ),
                                "turn_detection": k.one_of(
                                    k.schema("RealtimeTurnDetection"), k.values([None])
                                ),
                            },
                        )
                    },
                    {},
                ),
            },
            {"include": k.array(k.schema("SessionInclude"))},
        ),
    )


def _make_RealtimeTranscriptionSessionCreateResponseGA(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(["transcription"]),
                "id": k.text(0),
                "object": k.values(["realtime.transcription_session"]),
                "audio": k.object(
                    {
                        "input": k.object(
                            {
                                "transcription": k.object(
                                    {"model": k.values(["gpt-realtime-whisper"])},
                                    {
                                        "language": k.one_of(
                                            k.values([None]), k.text(0)
                                        ),
                                        "languages": k.array(
                                            k.text(0, None, ["^[a-z]{2}\\Z"]), least=1
                                        ),
                                        "prompt": k.text(0),
                                    },
                                )
                            },
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "noise_reduction": k.one_of(
                                    k.schema("NoiseReduction"), k.values([None])
                                ),
                                "turn_detection": k.values([None]),
                            },
                        )
                    },
                    {},
                ),
            },
            {
                "expires_at": k.integer(0, None),
                "include": k.one_of(
                    k.values([None]), k.array(k.schema("SessionInclude"))
                ),
            },
        ),
        k.object(
            {
                "type": k.values(["transcription"]),
                "id": k.text(0),
                "object": k.values(["realtime.transcription_session"]),
                "audio": k.object(
                    {
                        "input": k.object(
                            {"transcription": k.values([None])},
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "noise_reduction": k.one_of(
                                    k.schema("NoiseReduction"), k.values([None])
                                ),
                                "turn_detection": k.one_of(
                                    k.schema("ServerVad"), k.values([None])
                                ),
                            },
                        )
                    },
                    {},
                ),
            },
            {
                "expires_at": k.integer(0, None),
                "include": k.one_of(
                    k.values([None]), k.array(k.schema("SessionInclude"))
                ),
            },
        ),
        k.object(
            {
                "type": k.values(["transcription"]),
                "id": k.text(0),
                "object": k.values(["realtime.transcription_session"]),
                "audio": k.object(
                    {
                        "input": k.object(
                            {
                                "transcription": k.object(
                                    {
                                        "model": k.one_of(
                                            k.values(
                                                [
                                                    "whisper-1",
                                                    "gpt-transcribe",
                                                    "gpt-live-transcribe",
                                                    "gpt-4o-mini-transcribe",
                                                    "gpt-4o-mini-transcribe-2025-12-15",
                                                    "gpt-4o-transcribe",
                                                    "gpt-4o-transcribe-diarize",
                                                    "gpt-realtime-whisper",
                                                ]
                                            ),
                                            k.text(0),
                                        )
                                    },
                                    {
                                        "language": k.one_of(
                                            k.values([None]), k.text(0)
                                        ),
                                        "languages": k.array(
                                            k.text(0, None, ["^[a-z]{2}\\Z"]), least=1
                                        ),
                                        "prompt": k.text(0),
                                    },
                                )
                            },
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "noise_reduction": k.one_of(
                                    k.schema("NoiseReduction"), k.values([None])
                                ),
                                "turn_detection": k.one_of(
                                    k.schema("ServerVad"), k.values([None])
                                ),
                            },
                        )
                    },
                    {},
                ),
            },
            {
                "expires_at": k.integer(0, None),
                "include": k.one_of(
                    k.values([None]), k.array(k.schema("SessionInclude"))
                ),
            },
        ),
    )


def _make_RealtimeReasoning(k: Kit) -> Any:
    return k.object({}, {"effort": k.schema("RealtimeReasoningEffort")})


def _make_RealtimeTruncation(k: Kit) -> Any:
    return k.one_of(k.schema("TruncationStrategy"), k.schema("RetentionRatio"))


def _make_RetentionRatio(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["retention_ratio"]),
            "retention_ratio": k.one_of(k.integer(0, 1), k.number(0, 1)),
        },
        {"token_limits": k.object({}, {"post_instructions": k.integer(0, None)})},
    )


def _make_Tracing(k: Kit) -> Any:
    return k.one_of(k.values(["auto"]), k.schema("TracingConfiguration"))


def _make_TracingConfiguration(k: Kit) -> Any:
    return k.object(
        {},
        {
            "workflow_name": k.text(0),
            "group_id": k.text(0),
            "metadata": k.object({}, {}),
        },
    )


def _make_Prompt(k: Kit) -> Any:
    return k.object(
        {"id": k.text(0)},
        {
            "version": k.one_of(k.values([None]), k.text(0)),
            "variables": k.one_of(
                k.values([None]),
                k.object({}, {}, names=k.text(1, 12), extra=k.schema("PromptVariable")),
            ),
        },
    )


def _make_PromptVariable(k: Kit) -> Any:
    return k.one_of(
        k.text(0),
        k.schema("InputTextContent"),
        k.schema("InputImageContent"),
        k.schema("InputFileContent"),
    )


def _make_InputTextContent(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_text"]), "text": k.text(0)},
        {"prompt_cache_breakpoint": k.schema("PromptCacheBreakpointConfig")},
    )


def _make_InputImageContent(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_image"]), "detail": k.schema("ImageDetail")},
        {
            "image_url": k.one_of(k.values([None]), k.values(["https://example.com/"])),
            "file_id": k.one_of(k.values([None]), k.text(0)),
            "prompt_cache_breakpoint": k.schema("PromptCacheBreakpointConfig"),
        },
    )


def _make_InputFileContent(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_file"])},
        {
            "file_id": k.one_of(k.values([None]), k.text(0)),
            "filename": k.text(0),
            "file_data": k.text(0),
            "file_url": k.values(["https://example.com/"]),
            "detail": k.schema("FileInputDetail"),
            "prompt_cache_breakpoint": k.schema("PromptCacheBreakpointConfig"),
        },
    )


def _make_PromptCacheBreakpointConfig(k: Kit) -> Any:
    return k.object({"mode": k.values(["explicit"])}, {})


def _make_Conversation(k: Kit) -> Any:
    return k.object(
        {}, {"id": k.text(0), "object": k.values(["realtime.conversation"])}
    )


def _make_RealtimeConversationItem(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeConversationItemMessageSystem"),
        k.schema("RealtimeConversationItemMessageUser"),
        k.schema("RealtimeConversationItemMessageAssistant"),
        k.schema("RealtimeConversationItemFunctionCall"),
        k.schema("RealtimeConversationItemFunctionCallOutput"),
        k.schema("RealtimeMCPApprovalResponse"),
        k.schema("RealtimeMCPListTools"),
        k.schema("RealtimeMCPToolCall"),
        k.schema("RealtimeMCPApprovalRequest"),
    )


def _make_RealtimeConversationItemWithReference(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeConversationItemMessageSystem"),
        k.schema("RealtimeConversationItemMessageUser"),
        k.schema("RealtimeConversationItemMessageAssistant"),
        k.schema("RealtimeConversationItemFunctionCall"),
        k.schema("RealtimeConversationItemFunctionCallOutput"),
        k.schema("RealtimeMCPApprovalResponse"),
        k.schema("RealtimeMCPListTools"),
        k.schema("RealtimeMCPToolCall"),
        k.schema("RealtimeMCPApprovalRequest"),
        k.schema("ItemReference"),
    )


def _make_ItemReference(k: Kit) -> Any:
    return k.object({"type": k.values(["item_reference"]), "id": k.text(0)}, {})


def _make_RealtimeConversationItemMessageSystem(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["message"]),
            "role": k.values(["system"]),
            "content": k.array(k.schema("InputTextPart")),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
        },
    )


def _make_RealtimeConversationItemMessageUser(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["message"]),
            "role": k.values(["user"]),
            "content": k.array(
                k.one_of(
                    k.schema("InputTextPart"),
                    k.schema("InputAudioPart"),
                    k.schema("InputImagePart"),
                )
            ),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
        },
    )


def _make_RealtimeConversationItemMessageAssistant(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["message"]),
            "role": k.values(["assistant"]),
            "content": k.array(
                k.one_of(k.schema("OutputTextPart"), k.schema("OutputAudioPart"))
            ),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
        },
    )


def _make_InputTextPart(k: Kit) -> Any:
    return k.object({"type": k.values(["input_text"]), "text": k.text(0)}, {})


def _make_InputAudioPart(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio"])},
        {"audio": k.text(0), "transcript": k.one_of(k.values([None]), k.text(0))},
    )


def _make_InputImagePart(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["input_image"]),
            "image_url": k.values(["https://example.com/"]),
        },
        {"detail": k.values(["auto", "low", "high"])},
    )


def _make_OutputTextPart(k: Kit) -> Any:
    return k.object({"type": k.values(["output_text", "text"]), "text": k.text(0)}, {})


def _make_OutputAudioPart(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["output_audio", "audio"]),
            "transcript": k.one_of(k.values([None]), k.text(0)),
        },
        {"audio": k.text(0)},
    )


def _make_RealtimeConversationItemFunctionCall(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["function_call"]),
            "name": k.text(0),
            "arguments": k.text(0),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
            "call_id": k.text(0),
        },
    )


def _make_RealtimeConversationItemFunctionCallOutput(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["function_call_output"]),
            "call_id": k.text(0),
            "output": k.text(0),
        },
        {
            "id": k.text(0),
            "object": k.values(["realtime.item"]),
            "status": k.schema("ItemStatus"),
        },
    )


def _make_RealtimeMCPApprovalRequest(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["mcp_approval_request"]),
            "id": k.text(0),
            "server_label": k.text(0),
            "name": k.text(0),
            "arguments": k.text(0),
        },
        {},
    )


def _make_RealtimeMCPApprovalResponse(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["mcp_approval_response"]),
            "id": k.text(0),
            "approval_request_id": k.text(0),
            "approve": k.boolean(),
        },
        {"reason": k.one_of(k.values([None]), k.text(0))},
    )


def _make_RealtimeMCPListTools(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["mcp_list_tools"]),
            "server_label": k.text(0),
            "tools": k.array(k.schema("MCPListToolsTool")),
        },
        {"id": k.text(0)},
    )


def _make_RealtimeMCPToolCall(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["mcp_call"]),
            "id": k.text(0),
            "server_label": k.text(0),
            "name": k.text(0),
            "arguments": k.text(0),
        },
        {
            "approval_request_id": k.one_of(k.values([None]), k.text(0)),
            "output": k.one_of(k.values([None]), k.text(0)),
            "error": k.one_of(k.schema("RealtimeMCPError"), k.values([None])),
        },
    )


def _make_RealtimeMCPError(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeMCPProtocolError"),
        k.schema("RealtimeMCPToolExecutionError"),
        k.schema("RealtimeMCPHTTPError"),
    )


def _make_RealtimeMCPProtocolError(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["protocol_error"]),
            "code": k.integer(None, None),
            "message": k.text(0),
        },
        {},
    )


def _make_RealtimeMCPToolExecutionError(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["tool_execution_error"]), "message": k.text(0)}, {}
    )


def _make_RealtimeMCPHTTPError(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["http_error"]),
            "code": k.integer(None, None),
            "message": k.text(0),
        },
        {},
    )


def _make_ContentPart(k: Kit) -> Any:
    return k.one_of(k.schema("TextPart"), k.schema("AudioPart"))


def _make_TextPart(k: Kit) -> Any:
    return k.object({"type": k.values(["text"])}, {"text": k.text(0)})


def _make_AudioPart(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["audio"])}, {"audio": k.text(0), "transcript": k.text(0)}
    )


def _part_1(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["completed"])},
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


def _part_2(k: Kit) -> Any:
    return k.object(
        {},
        {
            "output": k.object(
                {},
                {
                    "format": k.schema("RealtimeAudioFormats"),
                    "voice": k.one_of(
                        k.values(
                            [
                                "alloy",
                                "ash",
                                "ballad",
                                "coral",
                                "echo",
                                "sage",
                                "shimmer",
                                "verse",
                                "marin",
                                "cedar",
                            ]
                        ),
                        k.text(0),
                    ),
                },
            )
        },
    )


def _make_RealtimeResponse(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "status": k.values(
                    ["completed", "cancelled", "failed", "incomplete", "in_progress"]
                ),
                "status_details": k.object(
                    {"type": k.values(["completed"])},
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
                "output_modalities": k.array(k.schema("Modality"), least=1, most=1),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(
                    k.one_of(
                        k.object(
                            {
                                "type": k.values(["message"]),
                                "role": k.values(["system"]),
                                "content": k.array(
                                    k.object(
                                        {
                                            "type": k.values(["input_text"]),
                                            "text": k.text(0),
                                        },
                                        {},
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
                                "type": k.values(["message"]),
                                "role": k.values(["user"]),
                                "content": k.array(
                                    k.one_of(
                                        k.object(
                                            {
                                                "type": k.values(["input_text"]),
                                                "text": k.text(0),
                                            },
                                            {},
                                        ),
                                        k.object(
                                            {"type": k.values(["input_audio"])},
                                            {
                                                "audio": k.text(0),
                                                "transcript": k.one_of(
                                                    k.values([None]), k.text(0)
                                                ),
                                            },
                                        ),
                                        k.object(
                                            {
                                                "type": k.values(["input_image"]),
                                                "image_url": k.values(
                                                    ["https://example.com/"]
                                                ),
                                            },
                                            {
                                                "detail": k.values(
                                                    ["auto", "low", "high"]
                                                )
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
                                "type": k.values(["message"]),
                                "role": k.values(["assistant"]),
                                "content": k.array(
                                    k.one_of(
                                        k.object(
                                            {
                                                "type": k.values(
                                                    ["output_text", "text"]
                                                ),
                                                "text": k.text(0),
                                            },
                                            {},
                                        ),
                                        k.object(
                                            {
                                                "type": k.values(
                                                    ["output_audio", "audio"]
                                                ),
                                                "transcript": k.one_of(
                                                    k.values([None]), k.text(0)
                                                ),
                                            },
                                            {"audio": k.text(0)},
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
                    )
                ),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "audio": k.object(
                    {},
                    {
                        "output": k.object(
                            {},
                            {
                                "format": k.schema("RealtimeAudioFormats"),
                                "voice": k.one_of(
                                    k.values(
                                        [
                                            "alloy",
                                            "ash",
                                            "ballad",
                                            "coral",
                                            "echo",
                                            "sage",
                                            "shimmer",
                                            "verse",
                                            "marin",
                                            "cedar",
                                        ]
                                    ),
                                    k.text(0),
                                ),
                            },
                        )
                    },
                ),
                "usage": k.one_of(k.schema("ResponseUsage"), k.values([None])),
                "conversation_id": k.one_of(k.values([None]), k.text(0)),
                "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            },
        ),
        k.object(
            {
                "status": k.values(
                    ["completed", "cancelled", "failed", "incomplete", "in_progress"]
                ),
                "status_details": k.part(_part_1, [{"type": "completed"}]),
                "output_modalities": k.array(
                    k.schema("Modality"),
                    least=1,
                    most=1,
                    contains=[(k.values(["text", "audio"]), 1)],
                ),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(k.schema("RealtimeConversationItem")),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "audio": k.part(_part_2, [{}]),
                "usage": k.one_of(k.schema("ResponseUsage"), k.values([None])),
                "conversation_id": k.one_of(k.values([None]), k.text(0)),
                "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            },
        ),
        k.object(
            {
                "status": k.values(
                    ["completed", "cancelled", "failed", "incomplete", "in_progress"]
                ),
                "status_details": k.part(_part_1, [{"type": "completed"}]),
            },
            {
                "id": k.text(0),
                "object": k.values(["realtime.response"]),
                "output": k.array(k.schema("RealtimeConversationItem")),
                "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
                "audio": k.part(_part_2, [{}]),
                "usage": k.one_of(k.schema("ResponseUsage"), k.values([None])),
                "conversation_id": k.one_of(k.values([None]), k.text(0)),
                "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            },
        ),
    )


def _make_ResponseStatusDetails(k: Kit) -> Any:
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


def _make_ResponseUsage(k: Kit) -> Any:
    return k.object(
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
                    "image_tokens": k.integer(0, None),
                    "audio_tokens": k.integer(0, None),
                    "cached_tokens_details": k.object(
                        {},
                        {
                            "text_tokens": k.integer(0, None),
                            "image_tokens": k.integer(0, None),
                            "audio_tokens": k.integer(0, None),
                        },
                    ),
                },
            ),
            "output_token_details": k.object(
                {},
                {"text_tokens": k.integer(0, None), "audio_tokens": k.integer(0, None)},
            ),
        },
    )


def _make_RealtimeResponseCreateParams(k: Kit) -> Any:
    return k.object(
        {},
        {
            "output_modalities": k.array(k.schema("Modality"), least=1, most=1),
            "instructions": k.text(0),
            "audio": k.object(
                {},
                {
                    "output": k.object(
                        {},
                        {
                            "format": k.schema("RealtimeAudioFormats"),
                            "voice": k.one_of(
                                k.values(
                                    [
                                        "alloy",
                                        "ash",
                                        "ballad",
                                        "coral",
                                        "echo",
                                        "sage",
                                        "shimmer",
                                        "verse",
                                        "marin",
                                        "cedar",
                                    ]
                                ),
                                k.text(0),
                                k.object({"id": k.text(0)}, {}),
                            ),
                        },
                    )
                },
            ),
            "tools": k.array(k.schema("RealtimeTool")),
            "tool_choice": k.schema("ToolChoice"),
            "parallel_tool_calls": k.boolean(),
            "reasoning": k.schema("RealtimeReasoning"),
            "max_output_tokens": k.one_of(k.integer(1, 4096), k.values(["inf"])),
            "conversation": k.schema("ResponseConversation"),
            "metadata": k.one_of(k.schema("Metadata"), k.values([None])),
            "prompt": k.one_of(k.schema("Prompt"), k.values([None])),
            "input": k.array(k.schema("RealtimeConversationItemWithReference")),
        },
    )


def _make_Metadata(k: Kit) -> Any:
    return k.object({}, {}, names=k.text(1, 12), extra=k.text(0, 512))


def _make_RealtimeTranslationSession(k: Kit) -> Any:
    return k.object(
        {
            "id": k.text(0),
            "type": k.values(["translation"]),
            "expires_at": k.integer(0, None),
            "model": k.text(0),
            "audio": k.schema("TranslationAudio"),
        },
        {},
    )


def _make_RealtimeTranslationSessionCreateRequest(k: Kit) -> Any:
    return k.object({"model": k.text(0)}, {"audio": k.schema("TranslationAudio")})


def _make_RealtimeTranslationSessionUpdateRequest(k: Kit) -> Any:
    return k.object({}, {"audio": k.schema("TranslationAudio")})


def _make_TranslationAudio(k: Kit) -> Any:
    return k.object(
        {},
        {
            "input": k.object(
                {},
                {
                    "transcription": k.one_of(
                        k.schema("SourceTranscription"), k.values([None])
                    ),
                    "noise_reduction": k.one_of(
                        k.schema("NoiseReduction"), k.values([None])
                    ),
                },
            ),
            "output": k.object({}, {"language": k.text(0)}),
        },
    )


def _make_SourceTranscription(k: Kit) -> Any:
    return k.object({"model": k.text(0)}, {"language": k.text(0)})


def _make_RealtimeCreateClientSecretRequest(k: Kit) -> Any:
    return k.object(
        {},
        {
            "expires_after": k.schema("SecretExpiry"),
            "session": k.schema("SessionRequest"),
        },
    )


def _make_RealtimeCreateClientSecretResponse(k: Kit) -> Any:
    return k.object(
        {
            "value": k.text(0),
            "expires_at": k.integer(0, None),
            "session": k.schema("SessionReport"),
        },
        {},
    )


def _make_RealtimeTranslationClientSecretCreateRequest(k: Kit) -> Any:
    return k.object(
        {"session": k.schema("RealtimeTranslationSessionCreateRequest")},
        {"expires_after": k.schema("SecretExpiry")},
    )


def _make_RealtimeTranslationClientSecretCreateResponse(k: Kit) -> Any:
    return k.object(
        {
            "value": k.text(0),
            "expires_at": k.integer(0, None),
            "session": k.schema("RealtimeTranslationSession"),
        },
        {},
    )


def _make_SecretExpiry(k: Kit) -> Any:
    return k.object(
        {}, {"anchor": k.values(["created_at"]), "seconds": k.integer(10, 7200)}
    )


def _make_RealtimeCallCreateRequest(k: Kit) -> Any:
    return k.object(
        {"sdp": k.text(0)},
        {
            "session": k.object(
                {"type": k.values(["realtime"])},
                {
                    "output_modalities": k.array(k.schema("Modality"), least=1, most=1),
                    "model": k.one_of(k.schema("RealtimeModel"), k.text(0)),
                    "instructions": k.text(0),
                    "audio": k.schema("SessionAudio"),
                    "include": k.array(k.schema("SessionInclude")),
                    "tracing": k.one_of(k.schema("Tracing"), k.values([None])),
                    "tools": k.array(k.schema("RealtimeTool")),
                    "tool_choice": k.schema("ToolChoice"),
                    "parallel_tool_calls": k.boolean(),
                    "reasoning": k.schema("RealtimeReasoning"),
                    "max_output_tokens": k.one_of(
                        k.integer(1, 4096), k.values(["inf"])
                    ),
                    "truncation": k.schema("RealtimeTruncation"),
                    "prompt": k.one_of(k.schema("Prompt"), k.values([None])),
                },
            )
        },
    )


def _make_RealtimeCallReferRequest(k: Kit) -> Any:
    return k.object(
        {"target_uri": k.text(0, None, ["^[A-Za-z][+\\-.0-9A-Za-z]*:"])}, {}
    )


def _make_RealtimeCallRejectRequest(k: Kit) -> Any:
    return k.object({}, {"status_code": k.integer(300, 699)})


def _make_WebhookRealtimeCallIncoming(k: Kit) -> Any:
    return k.object(
        {
            "created_at": k.integer(0, None),
            "id": k.text(0),
            "data": k.object(
                {"call_id": k.text(0), "sip_headers": k.array(k.schema("SipHeader"))},
                {},
            ),
            "type": k.values(["realtime.call.incoming"]),
        },
        {"object": k.values(["event"])},
    )


def _make_SipHeader(k: Kit) -> Any:
    return k.object({"name": k.text(0), "value": k.text(0)}, {})


def _make_RealtimeClientEvent(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeClientEventSessionUpdate"),
        k.schema("RealtimeClientEventInputAudioBufferAppend"),
        k.schema("RealtimeClientEventInputAudioBufferCommit"),
        k.schema("RealtimeClientEventInputAudioBufferClear"),
        k.schema("RealtimeClientEventOutputAudioBufferClear"),
        k.schema("RealtimeClientEventConversationItemCreate"),
        k.schema("RealtimeClientEventConversationItemRetrieve"),
        k.schema("RealtimeClientEventConversationItemTruncate"),
        k.schema("RealtimeClientEventConversationItemDelete"),
        k.schema("RealtimeClientEventResponseCreate"),
        k.schema("RealtimeClientEventResponseCancel"),
    )


def _make_RealtimeClientEventSessionUpdate(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["session.update"]), "session": k.schema("SessionRequest")},
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeClientEventInputAudioBufferAppend(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.append"]), "audio": k.text(0, 10000)},
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeClientEventInputAudioBufferCommit(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.commit"])}, {"event_id": k.text(0, 512)}
    )


def _make_RealtimeClientEventInputAudioBufferClear(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["input_audio_buffer.clear"])}, {"event_id": k.text(0, 512)}
    )


def _make_RealtimeClientEventOutputAudioBufferClear(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["output_audio_buffer.clear"])}, {"event_id": k.text(0, 512)}
    )


def _part_3(k: Kit) -> Any:
    return k.one_of(
        k.values([None]),
        k.boolean(),
        k.integer(None, None),
        k.number(None, None),
        k.text(0),
        k.object({}, {}),
    )


def _make_RealtimeClientEventConversationItemCreate(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {"type": k.values(["conversation.item.create"]), "item": k.values([])},
            {"event_id": k.text(0, 512), "previous_item_id": k.text(0)},
        ),
        k.object(
            {
                "type": k.values(["conversation.item.create"]),
                "item": k.one_of(
                    k.object(
                        {
                            "role": k.values(["system"]),
                            "type": k.values(["message"]),
                            "content": k.array(k.schema("InputTextPart")),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "role": k.values(["user"]),
                            "type": k.values(["message"]),
                            "content": k.array(
                                k.one_of(
                                    k.schema("InputTextPart"),
                                    k.schema("InputAudioPart"),
                                    k.schema("InputImagePart"),
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
                            "role": k.values(["assistant"]),
                            "type": k.values(["message"]),
                            "content": k.array(
                                k.one_of(
                                    k.schema("OutputTextPart"),
                                    k.schema("OutputAudioPart"),
                                )
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                ),
            },
            {"event_id": k.text(0, 512), "previous_item_id": k.text(0)},
        ),
        k.object(
            {
                "type": k.values(["conversation.item.create"]),
                "item": k.one_of(
                    k.object(
                        {
                            "content": k.one_of(
                                k.values([None]),
                                k.boolean(),
                                k.integer(None, None),
                                k.number(None, None),
                                k.text(0),
                                k.object({}, {}),
                            ),
                            "type": k.values(["function_call"]),
                            "name": k.text(0),
                            "arguments": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                            "call_id": k.text(0),
                        },
                    ),
                    k.object(
                        {
                            "content": k.part(_part_3, [0]),
                            "type": k.values(["function_call_output"]),
                            "call_id": k.text(0),
                            "output": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.part(_part_3, [0]),
                            "type": k.values(["mcp_approval_response"]),
                            "id": k.text(0),
                            "approval_request_id": k.text(0),
                            "approve": k.boolean(),
                        },
                        {"reason": k.one_of(k.values([None]), k.text(0))},
                    ),
                ),
            },
            {"event_id": k.text(0, 512), "previous_item_id": k.text(0)},
        ),
    )


def _make_RealtimeClientEventConversationItemRetrieve(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["conversation.item.retrieve"]), "item_id": k.text(0)},
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeClientEventConversationItemTruncate(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["conversation.item.truncate"]),
            "item_id": k.text(0),
            "content_index": k.values([0]),
            "audio_end_ms": k.integer(0, None),
        },
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeClientEventConversationItemDelete(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["conversation.item.delete"]), "item_id": k.text(0)},
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeClientEventResponseCreate(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["response.create"])},
        {
            "event_id": k.text(0, 512),
            "response": k.schema("RealtimeResponseCreateParams"),
        },
    )


def _make_RealtimeClientEventResponseCancel(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["response.cancel"])},
        {"event_id": k.text(0, 512), "response_id": k.text(0)},
    )


def _make_RealtimeServerEvent(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeServerEventError"),
        k.schema("RealtimeServerEventSessionCreated"),
        k.schema("RealtimeServerEventSessionUpdated"),
        k.schema("RealtimeServerEventConversationCreated"),
        k.schema("RealtimeServerEventConversationItemAdded"),
        k.schema("RealtimeServerEventConversationItemCreated"),
        k.schema("RealtimeServerEventConversationItemDone"),
        k.schema("RealtimeServerEventConversationItemRetrieved"),
        k.schema("RealtimeServerEventConversationItemInputAudioTranscriptionDelta"),
        k.schema("RealtimeServerEventConversationItemInputAudioTranscriptionCompleted"),
        k.schema("RealtimeServerEventConversationItemInputAudioTranscriptionSegment"),
        k.schema("RealtimeServerEventConversationItemInputAudioTranscriptionFailed"),
        k.schema("RealtimeServerEventConversationItemTruncated"),
        k.schema("RealtimeServerEventConversationItemDeleted"),
        k.schema("RealtimeServerEventInputAudioBufferCommitted"),
        k.schema("RealtimeServerEventInputAudioBufferCleared"),
        k.schema("RealtimeServerEventInputAudioBufferSpeechStarted"),
        k.schema("RealtimeServerEventInputAudioBufferSpeechStopped"),
        k.schema("RealtimeServerEventInputAudioBufferTimeoutTriggered"),
        k.schema("RealtimeServerEventInputAudioBufferDtmfEventReceived"),
        k.schema("RealtimeServerEventOutputAudioBufferStarted"),
        k.schema("RealtimeServerEventOutputAudioBufferStopped"),
        k.schema("RealtimeServerEventOutputAudioBufferCleared"),
        k.schema("RealtimeServerEventResponseCreated"),
        k.schema("RealtimeServerEventResponseDone"),
        k.schema("RealtimeServerEventResponseOutputItemAdded"),
        k.schema("RealtimeServerEventResponseOutputItemDone"),
        k.schema("RealtimeServerEventResponseContentPartAdded"),
        k.schema("RealtimeServerEventResponseContentPartDone"),
        k.schema("RealtimeServerEventResponseTextDelta"),
        k.schema("RealtimeServerEventResponseTextDone"),
        k.schema("RealtimeServerEventResponseAudioTranscriptDelta"),
        k.schema("RealtimeServerEventResponseAudioTranscriptDone"),
        k.schema("RealtimeServerEventResponseAudioDelta"),
        k.schema("RealtimeServerEventResponseAudioDone"),
        k.schema("RealtimeServerEventResponseFunctionCallArgumentsDelta"),
        k.schema("RealtimeServerEventResponseFunctionCallArgumentsDone"),
        k.schema("RealtimeServerEventResponseMCPCallArgumentsDelta"),
        k.schema("RealtimeServerEventResponseMCPCallArgumentsDone"),
        k.schema("RealtimeServerEventResponseMCPCallInProgress"),
        k.schema("RealtimeServerEventResponseMCPCallCompleted"),
        k.schema("RealtimeServerEventResponseMCPCallFailed"),
        k.schema("RealtimeServerEventMCPListToolsInProgress"),
        k.schema("RealtimeServerEventMCPListToolsCompleted"),
        k.schema("RealtimeServerEventMCPListToolsFailed"),
        k.schema("RealtimeServerEventRateLimitsUpdated"),
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
            "session": k.schema("SessionReport"),
        },
        {},
    )


def _make_RealtimeServerEventSessionUpdated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.updated"]),
            "session": k.schema("SessionReport"),
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


def _part_4(k: Kit) -> Any:
    return k.one_of(
        k.values([None]),
        k.boolean(),
        k.integer(None, None),
        k.number(None, None),
        k.text(0),
        k.object({}, {}),
    )


def _make_RealtimeServerEventConversationItemAdded(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["conversation.item.added"]),
                "item": k.values([]),
            },
            {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["conversation.item.added"]),
                "item": k.one_of(
                    k.object(
                        {
                            "content": k.one_of(
                                k.values([None]),
                                k.boolean(),
                                k.integer(None, None),
                                k.number(None, None),
                                k.text(0),
                                k.object({}, {}),
                            ),
                            "type": k.values(["function_call"]),
                            "name": k.text(0),
                            "arguments": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                            "call_id": k.text(0),
                        },
                    ),
                    k.object(
                        {
                            "content": k.part(_part_4, [0]),
                            "type": k.values(["function_call_output"]),
                            "call_id": k.text(0),
                            "output": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.part(_part_4, [0]),
                            "type": k.values(["mcp_approval_response"]),
                            "id": k.text(0),
                            "approval_request_id": k.text(0),
                            "approve": k.boolean(),
                        },
                        {"reason": k.one_of(k.values([None]), k.text(0))},
                    ),
                ),
            },
            {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["conversation.item.added"]),
                "item": k.one_of(
                    k.object(
                        {
                            "content": k.array(k.schema("InputTextPart")),
                            "type": k.values(["message"]),
                            "role": k.values(["system"]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.array(
                                k.one_of(
                                    k.schema("InputTextPart"),
                                    k.schema("InputAudioPart"),
                                    k.schema("InputImagePart"),
                                )
                            ),
                            "type": k.values(["message"]),
                            "role": k.values(["user"]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.array(
                                k.one_of(
                                    k.schema("OutputTextPart"),
                                    k.schema("OutputAudioPart"),
                                )
                            ),
                            "type": k.values(["message"]),
                            "role": k.values(["assistant"]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                ),
            },
            {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
        ),
    )


def _make_RealtimeServerEventConversationItemCreated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.created"]),
            "item": k.schema("RealtimeConversationItem"),
        },
        {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
    )


def _part_5(k: Kit) -> Any:
    return k.one_of(
        k.values([None]),
        k.boolean(),
        k.integer(None, None),
        k.number(None, None),
        k.text(0),
        k.object({}, {}),
    )


def _make_RealtimeServerEventConversationItemDone(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["conversation.item.done"]),
                "item": k.values([]),
            },
            {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["conversation.item.done"]),
                "item": k.one_of(
                    k.object(
                        {
                            "content": k.one_of(
                                k.values([None]),
                                k.boolean(),
                                k.integer(None, None),
                                k.number(None, None),
                                k.text(0),
                                k.object({}, {}),
                            ),
                            "type": k.values(["function_call"]),
                            "name": k.text(0),
                            "arguments": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                            "call_id": k.text(0),
                        },
                    ),
                    k.object(
                        {
                            "content": k.part(_part_5, [0]),
                            "type": k.values(["function_call_output"]),
                            "call_id": k.text(0),
                            "output": k.text(0),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.part(_part_5, [0]),
                            "type": k.values(["mcp_approval_response"]),
                            "id": k.text(0),
                            "approval_request_id": k.text(0),
                            "approve": k.boolean(),
                        },
                        {"reason": k.one_of(k.values([None]), k.text(0))},
                    ),
                ),
            },
            {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
        ),
        k.object(
            {
                "event_id": k.text(0),
                "type": k.values(["conversation.item.done"]),
                "item": k.one_of(
                    k.object(
                        {
                            "content": k.array(k.schema("InputTextPart")),
                            "type": k.values(["message"]),
                            "role": k.values(["system"]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.array(
                                k.one_of(
                                    k.schema("InputTextPart"),
                                    k.schema("InputAudioPart"),
                                    k.schema("InputImagePart"),
                                )
                            ),
                            "type": k.values(["message"]),
                            "role": k.values(["user"]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                    k.object(
                        {
                            "content": k.array(
                                k.one_of(
                                    k.schema("OutputTextPart"),
                                    k.schema("OutputAudioPart"),
                                )
                            ),
                            "type": k.values(["message"]),
                            "role": k.values(["assistant"]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.item"]),
                            "status": k.schema("ItemStatus"),
                        },
                    ),
                ),
            },
            {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
        ),
    )


def _make_RealtimeServerEventConversationItemRetrieved(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.retrieved"]),
            "item": k.schema("RealtimeConversationItem"),
        },
        {},
    )


def _make_RealtimeServerEventConversationItemInputAudioTranscriptionDelta(
    k: Kit,
) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.input_audio_transcription.delta"]),
            "item_id": k.text(0),
        },
        {
            "content_index": k.integer(0, None),
            "delta": k.text(0),
            "logprobs": k.one_of(
                k.values([None]), k.array(k.schema("LogProbProperties"))
            ),
            "obfuscation": k.text(0),
        },
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
            "usage": k.schema("TranscriptionUsage"),
        },
        {
            "languages": k.array(k.schema("TranscriptionLanguage")),
            "logprobs": k.one_of(
                k.values([None]), k.array(k.schema("LogProbProperties"))
            ),
        },
    )


def _make_RealtimeServerEventConversationItemInputAudioTranscriptionSegment(
    k: Kit,
) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["conversation.item.input_audio_transcription.segment"]),
            "item_id": k.text(0),
            "content_index": k.integer(0, None),
            "text": k.text(0),
            "id": k.text(0),
            "speaker": k.text(0),
            "start": k.one_of(k.integer(0, None), k.number(0, None)),
            "end": k.one_of(k.integer(0, None), k.number(0, None)),
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
            "item_id": k.text(0),
        },
        {"previous_item_id": k.one_of(k.values([None]), k.text(0))},
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


def _make_RealtimeServerEventInputAudioBufferTimeoutTriggered(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["input_audio_buffer.timeout_triggered"]),
            "audio_start_ms": k.integer(0, None),
            "audio_end_ms": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventInputAudioBufferDtmfEventReceived(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["input_audio_buffer.dtmf_event_received"]),
            "event": k.text(0, None, ["^[#*0-9A-D]\\Z"]),
            "received_at": k.integer(0, None),
        },
        {"event_id": k.text(0)},
    )


def _make_RealtimeServerEventOutputAudioBufferStarted(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["output_audio_buffer.started"]),
            "response_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventOutputAudioBufferStopped(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["output_audio_buffer.stopped"]),
            "response_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventOutputAudioBufferCleared(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["output_audio_buffer.cleared"]),
            "response_id": k.text(0),
        },
        {},
    )


def _part_6(k: Kit) -> Any:
    return k.array(
        k.one_of(
            k.object(
                {
                    "type": k.values(["message"]),
                    "role": k.values(["system"]),
                    "content": k.array(
                        k.object(
                            {"type": k.values(["input_text"]), "text": k.text(0)}, {}
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
                    "type": k.values(["message"]),
                    "role": k.values(["user"]),
                    "content": k.array(
                        k.one_of(
                            k.object(
                                {"type": k.values(["input_text"]), "text": k.text(0)},
                                {},
                            ),
                            k.object(
                                {"type": k.values(["input_audio"])},
                                {
                                    "audio": k.text(0),
                                    "transcript": k.one_of(k.values([None]), k.text(0)),
                                },
                            ),
                            k.object(
                                {
                                    "type": k.values(["input_image"]),
                                    "image_url": k.values(["https://example.com/"]),
                                },
                                {"detail": k.values(["auto", "low", "high"])},
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
                    "type": k.values(["message"]),
                    "role": k.values(["assistant"]),
                    "content": k.array(
                        k.one_of(
                            k.object(
                                {
                                    "type": k.values(["output_text", "text"]),
                                    "text": k.text(0),
                                },
                                {},
                            ),
                            k.object(
                                {
                                    "type": k.values(["output_audio", "audio"]),
                                    "transcript": k.one_of(k.values([None]), k.text(0)),
                                },
                                {"audio": k.text(0)},
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
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                            "output_modalities": k.array(
                                k.schema("Modality"), least=1, most=1
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.part(_part_6, [[]]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                            "output_modalities": k.array(
                                k.schema("Modality"),
                                least=1,
                                most=1,
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
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
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
                            "output_modalities": k.array(
                                k.schema("Modality"), least=1, most=1
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "output": k.part(_part_6, [[]]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status_details": k.values([None]),
                            "output_modalities": k.array(
                                k.schema("Modality"),
                                least=1,
                                most=1,
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
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
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
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
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


def _part_7(k: Kit) -> Any:
    return k.one_of(
        k.object(
            {
                "type": k.values(["message"]),
                "role": k.values(["system"]),
                "content": k.array(
                    k.object({"type": k.values(["input_text"]), "text": k.text(0)}, {})
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
                "type": k.values(["message"]),
                "role": k.values(["user"]),
                "content": k.array(
                    k.one_of(
                        k.object(
                            {"type": k.values(["input_text"]), "text": k.text(0)}, {}
                        ),
                        k.object(
                            {"type": k.values(["input_audio"])},
                            {
                                "audio": k.text(0),
                                "transcript": k.one_of(k.values([None]), k.text(0)),
                            },
                        ),
                        k.object(
                            {
                                "type": k.values(["input_image"]),
                                "image_url": k.values(["https://example.com/"]),
                            },
                            {"detail": k.values(["auto", "low", "high"])},
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
                "type": k.values(["message"]),
                "role": k.values(["assistant"]),
                "content": k.array(
                    k.one_of(
                        k.object(
                            {
                                "type": k.values(["output_text", "text"]),
                                "text": k.text(0),
                            },
                            {},
                        ),
                        k.object(
                            {
                                "type": k.values(["output_audio", "audio"]),
                                "transcript": k.one_of(k.values([None]), k.text(0)),
                            },
                            {"audio": k.text(0)},
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
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "output": k.array(
                                k.part(
                                    _part_7,
                                    [
                                        {
                                            "content": [],
                                            "type": "message",
                                            "role": "user",
                                        }
                                    ],
                                )
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                            "output_modalities": k.array(
                                k.schema("Modality"), least=1, most=1
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                            "output_modalities": k.array(
                                k.schema("Modality"),
                                least=1,
                                most=1,
                                contains=[(k.values(["text", "audio"]), 1)],
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "output": k.array(k.schema("RealtimeConversationItem")),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
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
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                            "output_modalities": k.array(
                                k.schema("Modality"), least=1, most=1
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                            "output_modalities": k.array(
                                k.schema("Modality"),
                                least=1,
                                most=1,
                                contains=[(k.values(["text", "audio"]), 1)],
                            ),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
                            "max_output_tokens": k.one_of(
                                k.integer(1, 4096), k.values(["inf"])
                            ),
                        },
                    ),
                    k.object(
                        {
                            "status": k.values(
                                [
                                    "completed",
                                    "cancelled",
                                    "failed",
                                    "incomplete",
                                    "in_progress",
                                ]
                            ),
                            "status_details": k.part(_part_1, [{"type": "completed"}]),
                        },
                        {
                            "id": k.text(0),
                            "object": k.values(["realtime.response"]),
                            "metadata": k.one_of(
                                k.schema("Metadata"), k.values([None])
                            ),
                            "audio": k.part(_part_2, [{}]),
                            "usage": k.one_of(
                                k.schema("ResponseUsage"), k.values([None])
                            ),
                            "conversation_id": k.one_of(k.values([None]), k.text(0)),
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
            "type": k.values(["response.output_text.delta"]),
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
            "type": k.values(["response.output_text.done"]),
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
            "type": k.values(["response.output_audio_transcript.delta"]),
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
            "type": k.values(["response.output_audio_transcript.done"]),
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
            "type": k.values(["response.output_audio.delta"]),
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
            "type": k.values(["response.output_audio.done"]),
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
            "name": k.text(0),
            "arguments": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventResponseMCPCallArgumentsDelta(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.mcp_call_arguments.delta"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "delta": k.text(0),
        },
        {"obfuscation": k.one_of(k.values([None]), k.text(0))},
    )


def _make_RealtimeServerEventResponseMCPCallArgumentsDone(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.mcp_call_arguments.done"]),
            "response_id": k.text(0),
            "item_id": k.text(0),
            "output_index": k.integer(0, None),
            "arguments": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventResponseMCPCallInProgress(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.mcp_call.in_progress"]),
            "output_index": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventResponseMCPCallCompleted(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.mcp_call.completed"]),
            "output_index": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventResponseMCPCallFailed(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["response.mcp_call.failed"]),
            "output_index": k.integer(0, None),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventMCPListToolsInProgress(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["mcp_list_tools.in_progress"]),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventMCPListToolsCompleted(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["mcp_list_tools.completed"]),
            "item_id": k.text(0),
        },
        {},
    )


def _make_RealtimeServerEventMCPListToolsFailed(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["mcp_list_tools.failed"]),
            "item_id": k.text(0),
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


def _make_TranscriptionUsage(k: Kit) -> Any:
    return k.one_of(
        k.schema("TranscriptTextUsageTokens"), k.schema("TranscriptTextUsageDuration")
    )


def _make_TranscriptTextUsageTokens(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["tokens"]),
            "input_tokens": k.integer(0, None),
            "output_tokens": k.integer(0, None),
            "total_tokens": k.integer(0, None),
        },
        {
            "input_token_details": k.object(
                {},
                {"text_tokens": k.integer(0, None), "audio_tokens": k.integer(0, None)},
            )
        },
    )


def _make_TranscriptTextUsageDuration(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["duration"]),
            "seconds": k.one_of(k.integer(0, None), k.number(0, None)),
        },
        {},
    )


def _make_TranscriptionLanguage(k: Kit) -> Any:
    return k.object({"code": k.text(0)}, {})


def _make_LogProbProperties(k: Kit) -> Any:
    return k.object(
        {
            "token": k.text(0),
            "logprob": k.one_of(k.integer(None, 0), k.number(None, 0)),
            "bytes": k.array(k.integer(0, 255)),
        },
        {},
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


def _make_RealtimeTranslationClientEvent(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeTranslationClientEventSessionUpdate"),
        k.schema("RealtimeTranslationClientEventInputAudioBufferAppend"),
        k.schema("RealtimeTranslationClientEventSessionClose"),
    )


def _make_RealtimeTranslationServerEvent(k: Kit) -> Any:
    return k.one_of(
        k.schema("RealtimeServerEventError"),
        k.schema("RealtimeTranslationServerEventSessionCreated"),
        k.schema("RealtimeTranslationServerEventSessionUpdated"),
        k.schema("RealtimeTranslationServerEventSessionClosed"),
        k.schema("RealtimeTranslationServerEventSessionInputTranscriptDelta"),
        k.schema("RealtimeTranslationServerEventSessionOutputTranscriptDelta"),
        k.schema("RealtimeTranslationServerEventSessionOutputAudioDelta"),
    )


def _make_RealtimeTranslationClientEventSessionUpdate(k: Kit) -> Any:
    return k.object(
        {
            "type": k.values(["session.update"]),
            "session": k.schema("RealtimeTranslationSessionUpdateRequest"),
        },
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeTranslationClientEventInputAudioBufferAppend(k: Kit) -> Any:
    return k.object(
        {"type": k.values(["session.input_audio_buffer.append"]), "audio": k.text(0)},
        {"event_id": k.text(0, 512)},
    )


def _make_RealtimeTranslationClientEventSessionClose(k: Kit) -> Any:
    return k.object({"type": k.values(["session.close"])}, {"event_id": k.text(0, 512)})


def _make_RealtimeTranslationServerEventSessionCreated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.created"]),
            "session": k.schema("RealtimeTranslationSession"),
        },
        {},
    )


def _make_RealtimeTranslationServerEventSessionUpdated(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.updated"]),
            "session": k.schema("RealtimeTranslationSession"),
        },
        {},
    )


def _make_RealtimeTranslationServerEventSessionClosed(k: Kit) -> Any:
    return k.object({"event_id": k.text(0), "type": k.values(["session.closed"])}, {})


def _make_RealtimeTranslationServerEventSessionInputTranscriptDelta(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.input_transcript.delta"]),
            "delta": k.text(0),
        },
        {"elapsed_ms": k.one_of(k.values([None]), k.integer(0, None, 200))},
    )


def _make_RealtimeTranslationServerEventSessionOutputTranscriptDelta(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.output_transcript.delta"]),
            "delta": k.text(0),
        },
        {"elapsed_ms": k.one_of(k.values([None]), k.integer(0, None, 200))},
    )


def _make_RealtimeTranslationServerEventSessionOutputAudioDelta(k: Kit) -> Any:
    return k.object(
        {
            "event_id": k.text(0),
            "type": k.values(["session.output_audio.delta"]),
            "delta": k.text(0),
        },
        {
            "sample_rate": k.integer(1, None),
            "channels": k.integer(1, None),
            "format": k.values(["pcm16"]),
            "elapsed_ms": k.one_of(k.values([None]), k.integer(0, None)),
        },
    )


_MADE: Final[Made] = {
    "Voice": (_make_Voice, ["ash"]),
    "Modality": (_make_Modality, ["text"]),
    "RealtimeModel": (_make_RealtimeModel, ["gpt-realtime"]),
    "TranscriptionModel": (_make_TranscriptionModel, ["whisper-1"]),
    "TranscriptionDelay": (_make_TranscriptionDelay, ["low"]),
    "NoiseReductionType": (_make_NoiseReductionType, ["far_field"]),
    "TurnEagerness": (_make_TurnEagerness, ["low"]),
    "RealtimeReasoningEffort": (_make_RealtimeReasoningEffort, ["low"]),
    "TruncationStrategy": (_make_TruncationStrategy, ["auto"]),
    "SessionInclude": (
        _make_SessionInclude,
        ["item.input_audio_transcription.logprobs"],
    ),
    "ToolChoiceOptions": (_make_ToolChoiceOptions, ["none"]),
    "MCPConnector": (_make_MCPConnector, ["connector_gmail"]),
    "CallableToolAllowedCaller": (_make_CallableToolAllowedCaller, ["direct"]),
    "ItemStatus": (_make_ItemStatus, ["completed"]),
    "ResponseStatus": (_make_ResponseStatus, ["failed"]),
    "ResponseConversation": (_make_ResponseConversation, ["auto"]),
    "RateLimitName": (_make_RateLimitName, ["tokens"]),
    "ImageDetail": (_make_ImageDetail, ["low"]),
    "FileInputDetail": (_make_FileInputDetail, ["low"]),
    "RealtimeAudioFormats": (_make_RealtimeAudioFormats, [{"type": "audio/pcm"}]),
    "PcmAudioFormat": (_make_PcmAudioFormat, [{"type": "audio/pcm"}]),
    "PcmuAudioFormat": (_make_PcmuAudioFormat, [{"type": "audio/pcmu"}]),
    "PcmaAudioFormat": (_make_PcmaAudioFormat, [{"type": "audio/pcma"}]),
    "VoiceIdsShared": (_make_VoiceIdsShared, [""]),
    "VoiceIdsOrCustomVoice": (_make_VoiceIdsOrCustomVoice, [""]),
    "CustomVoice": (_make_CustomVoice, [{"id": ""}]),
    "SessionAudio": (_make_SessionAudio, [{}]),
    "SessionAudioInput": (_make_SessionAudioInput, [{}]),
    "SessionAudioOutput": (_make_SessionAudioOutput, [{}]),
    "ReportedAudio": (_make_ReportedAudio, [{}]),
    "ReportedAudioInput": (_make_ReportedAudioInput, [{}]),
    "ReportedAudioOutput": (_make_ReportedAudioOutput, [{}]),
    "AudioTranscription": (_make_AudioTranscription, [{}]),
    "AudioTranscriptionResponse": (_make_AudioTranscriptionResponse, [{}]),
    "NoiseReduction": (_make_NoiseReduction, [{"type": "far_field"}]),
    "RealtimeTurnDetection": (_make_RealtimeTurnDetection, [{"type": "server_vad"}]),
    "ServerVad": (_make_ServerVad, [{"type": "server_vad"}]),
    "SemanticVad": (_make_SemanticVad, [{"type": "semantic_vad"}]),
    "RealtimeTool": (_make_RealtimeTool, [{"type": "function", "name": ""}]),
    "RealtimeFunctionTool": (
        _make_RealtimeFunctionTool,
        [{"type": "function", "name": ""}],
    ),
    "MCPTool": (_make_MCPTool, [{"type": "mcp", "server_label": "", "server_url": ""}]),
    "MCPToolFilter": (_make_MCPToolFilter, [{}]),
    "MCPApprovalFilter": (_make_MCPApprovalFilter, [{}]),
    "ToolChoice": (_make_ToolChoice, ["none"]),
    "ToolChoiceFunction": (
        _make_ToolChoiceFunction,
        [{"type": "function", "name": ""}],
    ),
    "ToolChoiceMCP": (_make_ToolChoiceMCP, [{"type": "mcp", "server_label": ""}]),
    "MCPListToolsTool": (_make_MCPListToolsTool, [{"name": "", "input_schema": {}}]),
    "SessionRequest": (_make_SessionRequest, [{"type": "realtime"}]),
    "SessionReport": (
        _make_SessionReport,
        [{"type": "realtime", "id": "", "object": "realtime.session"}],
    ),
    "RealtimeSessionCreateRequestGA": (
        _make_RealtimeSessionCreateRequestGA,
        [{"type": "realtime"}],
    ),
    "RealtimeSessionCreateResponseGA": (
        _make_RealtimeSessionCreateResponseGA,
        [{"type": "realtime", "id": "", "object": "realtime.session"}],
    ),
    "RealtimeTranscriptionSessionCreateRequestGA": (
        _make_RealtimeTranscriptionSessionCreateRequestGA,
        [{"type": "transcription"}],
    ),
    "RealtimeTranscriptionSessionCreateResponseGA": (
        _make_RealtimeTranscriptionSessionCreateResponseGA,
        [
            {
                "type": "transcription",
                "id": "",
                "object": "realtime.transcription_session",
            }
        ],
    ),
    "RealtimeReasoning": (_make_RealtimeReasoning, [{}]),
    "RealtimeTruncation": (_make_RealtimeTruncation, ["auto"]),
    "RetentionRatio": (
        _make_RetentionRatio,
        [{"type": "retention_ratio", "retention_ratio": 0}],
    ),
    "Tracing": (_make_Tracing, [{}]),
    "TracingConfiguration": (_make_TracingConfiguration, [{}]),
    "Prompt": (_make_Prompt, [{"id": ""}]),
    "PromptVariable": (_make_PromptVariable, [""]),
    "InputTextContent": (_make_InputTextContent, [{"type": "input_text", "text": ""}]),
    "InputImageContent": (
        _make_InputImageContent,
        [{"type": "input_image", "detail": "low"}],
    ),
    "InputFileContent": (_make_InputFileContent, [{"type": "input_file"}]),
    "PromptCacheBreakpointConfig": (
        _make_PromptCacheBreakpointConfig,
        [{"mode": "explicit"}],
    ),
    "Conversation": (_make_Conversation, [{}]),
    "RealtimeConversationItem": (
        _make_RealtimeConversationItem,
        [{"type": "message", "role": "user", "content": []}],
    ),
    "RealtimeConversationItemWithReference": (
        _make_RealtimeConversationItemWithReference,
        [{"type": "item_reference", "id": ""}],
    ),
    "ItemReference": (_make_ItemReference, [{"type": "item_reference", "id": ""}]),
    "RealtimeConversationItemMessageSystem": (
        _make_RealtimeConversationItemMessageSystem,
        [{"type": "message", "role": "system", "content": []}],
    ),
    "RealtimeConversationItemMessageUser": (
        _make_RealtimeConversationItemMessageUser,
        [{"type": "message", "role": "user", "content": []}],
    ),
    "RealtimeConversationItemMessageAssistant": (
        _make_RealtimeConversationItemMessageAssistant,
        [{"type": "message", "role": "assistant", "content": []}],
    ),
    "InputTextPart": (_make_InputTextPart, [{"type": "input_text", "text": ""}]),
    "InputAudioPart": (_make_InputAudioPart, [{"type": "input_audio"}]),
    "InputImagePart": (
        _make_InputImagePart,
        [{"type": "input_image", "image_url": "data:image/png;base64,"}],
    ),
    "OutputTextPart": (_make_OutputTextPart, [{"type": "text", "text": ""}]),
    "OutputAudioPart": (_make_OutputAudioPart, [{"type": "audio", "transcript": ""}]),
    "RealtimeConversationItemFunctionCall": (
        _make_RealtimeConversationItemFunctionCall,
        [{"type": "function_call", "name": "", "arguments": ""}],
    ),
    "RealtimeConversationItemFunctionCallOutput": (
        _make_RealtimeConversationItemFunctionCallOutput,
        [{"type": "function_call_output", "call_id": "", "output": ""}],
    ),
    "RealtimeMCPApprovalRequest": (
        _make_RealtimeMCPApprovalRequest,
        [
            {
                "type": "mcp_approval_request",
                "id": "",
                "server_label": "",
                "name": "",
                "arguments": "",
            }
        ],
    ),
    "RealtimeMCPApprovalResponse": (
        _make_RealtimeMCPApprovalResponse,
        [
            {
                "type": "mcp_approval_response",
                "id": "",
                "approval_request_id": "",
                "approve": True,
            }
        ],
    ),
    "RealtimeMCPListTools": (
        _make_RealtimeMCPListTools,
        [{"type": "mcp_list_tools", "server_label": "", "tools": []}],
    ),
    "RealtimeMCPToolCall": (
        _make_RealtimeMCPToolCall,
        [
            {
                "type": "mcp_call",
                "id": "",
                "server_label": "",
                "name": "",
                "arguments": "",
            }
        ],
    ),
    "RealtimeMCPError": (
        _make_RealtimeMCPError,
        [{"type": "http_error", "code": 0, "message": ""}],
    ),
    "RealtimeMCPProtocolError": (
        _make_RealtimeMCPProtocolError,
        [{"type": "protocol_error", "code": 0, "message": ""}],
    ),
    "RealtimeMCPToolExecutionError": (
        _make_RealtimeMCPToolExecutionError,
        [{"type": "tool_execution_error", "message": ""}],
    ),
    "RealtimeMCPHTTPError": (
        _make_RealtimeMCPHTTPError,
        [{"type": "http_error", "code": 0, "message": ""}],
    ),
    "ContentPart": (_make_ContentPart, [{"type": "text"}]),
    "TextPart": (_make_TextPart, [{"type": "text"}]),
    "AudioPart": (_make_AudioPart, [{"type": "audio"}]),
    "RealtimeResponse": (
        _make_RealtimeResponse,
        [{"status": "completed", "status_details": {"type": "completed"}}],
    ),
    "ResponseStatusDetails": (_make_ResponseStatusDetails, [{}]),
    "ResponseUsage": (_make_ResponseUsage, [{}]),
    "RealtimeResponseCreateParams": (_make_RealtimeResponseCreateParams, [{}]),
    "Metadata": (_make_Metadata, [{}]),
    "RealtimeTranslationSession": (
        _make_RealtimeTranslationSession,
        [{"id": "", "type": "translation", "expires_at": 0, "model": "", "audio": {}}],
    ),
    "RealtimeTranslationSessionCreateRequest": (
        _make_RealtimeTranslationSessionCreateRequest,
        [{"model": ""}],
    ),
    "RealtimeTranslationSessionUpdateRequest": (
        _make_RealtimeTranslationSessionUpdateRequest,
        [{}],
    ),
    "TranslationAudio": (_make_TranslationAudio, [{}]),
    "SourceTranscription": (_make_SourceTranscription, [{"model": ""}]),
    "RealtimeCreateClientSecretRequest": (
        _make_RealtimeCreateClientSecretRequest,
        [{}],
    ),
    "RealtimeCreateClientSecretResponse": (
        _make_RealtimeCreateClientSecretResponse,
        [
            {
                "value": "",
                "expires_at": 0,
                "session": {"type": "realtime", "id": "", "object": "realtime.session"},
            }
        ],
    ),
    "RealtimeTranslationClientSecretCreateRequest": (
        _make_RealtimeTranslationClientSecretCreateRequest,
        [{"session": {"model": ""}}],
    ),
    "RealtimeTranslationClientSecretCreateResponse": (
        _make_RealtimeTranslationClientSecretCreateResponse,
        [
            {
                "value": "",
                "expires_at": 0,
                "session": {
                    "id": "",
                    "type": "translation",
                    "expires_at": 0,
                    "model": "",
                    "audio": {},
                },
            }
        ],
    ),
    "SecretExpiry": (_make_SecretExpiry, [{}]),
    "RealtimeCallCreateRequest": (_make_RealtimeCallCreateRequest, [{"sdp": ""}]),
    "RealtimeCallReferRequest": (
        _make_RealtimeCallReferRequest,
        [{"target_uri": "a:"}],
    ),
    "RealtimeCallRejectRequest": (_make_RealtimeCallRejectRequest, [{}]),
    "WebhookRealtimeCallIncoming": (
        _make_WebhookRealtimeCallIncoming,
        [
            {
                "created_at": 0,
                "id": "",
                "type": "realtime.call.incoming",
                "data": {"call_id": "", "sip_headers": []},
            }
        ],
    ),
    "SipHeader": (_make_SipHeader, [{"name": "", "value": ""}]),
    "RealtimeClientEvent": (_make_RealtimeClientEvent, [{"type": "response.create"}]),
    "RealtimeClientEventSessionUpdate": (
        _make_RealtimeClientEventSessionUpdate,
        [{"type": "session.update", "session": {"type": "realtime"}}],
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
    "RealtimeClientEventOutputAudioBufferClear": (
        _make_RealtimeClientEventOutputAudioBufferClear,
        [{"type": "output_audio_buffer.clear"}],
    ),
    "RealtimeClientEventConversationItemCreate": (
        _make_RealtimeClientEventConversationItemCreate,
        [
            {
                "type": "conversation.item.create",
                "item": {"role": "user", "type": "message", "content": []},
            }
        ],
    ),
    "RealtimeClientEventConversationItemRetrieve": (
        _make_RealtimeClientEventConversationItemRetrieve,
        [{"type": "conversation.item.retrieve", "item_id": ""}],
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
    "RealtimeServerEvent": (
        _make_RealtimeServerEvent,
        [{"event_id": "", "type": "input_audio_buffer.cleared"}],
    ),
    "RealtimeServerEventError": (
        _make_RealtimeServerEventError,
        [{"event_id": "", "type": "error", "error": {"type": "", "message": ""}}],
    ),
    "RealtimeServerEventSessionCreated": (
        _make_RealtimeServerEventSessionCreated,
        [
            {
                "event_id": "",
                "type": "session.created",
                "session": {"type": "realtime", "id": "", "object": "realtime.session"},
            }
        ],
    ),
    "RealtimeServerEventSessionUpdated": (
        _make_RealtimeServerEventSessionUpdated,
        [
            {
                "event_id": "",
                "type": "session.updated",
                "session": {"type": "realtime", "id": "", "object": "realtime.session"},
            }
        ],
    ),
    "RealtimeServerEventConversationCreated": (
        _make_RealtimeServerEventConversationCreated,
        [{"event_id": "", "type": "conversation.created", "conversation": {}}],
    ),
    "RealtimeServerEventConversationItemAdded": (
        _make_RealtimeServerEventConversationItemAdded,
        [
            {
                "event_id": "",
                "type": "conversation.item.added",
                "item": {"content": [], "type": "message", "role": "user"},
            }
        ],
    ),
    "RealtimeServerEventConversationItemCreated": (
        _make_RealtimeServerEventConversationItemCreated,
        [
            {
                "event_id": "",
                "type": "conversation.item.created",
                "item": {"type": "message", "role": "user", "content": []},
            }
        ],
    ),
    "RealtimeServerEventConversationItemDone": (
        _make_RealtimeServerEventConversationItemDone,
        [
            {
                "event_id": "",
                "type": "conversation.item.done",
                "item": {"content": [], "type": "message", "role": "user"},
            }
        ],
    ),
    "RealtimeServerEventConversationItemRetrieved": (
        _make_RealtimeServerEventConversationItemRetrieved,
        [
            {
                "event_id": "",
                "type": "conversation.item.retrieved",
                "item": {"type": "message", "role": "user", "content": []},
            }
        ],
    ),
    "RealtimeServerEventConversationItemInputAudioTranscriptionDelta": (
        _make_RealtimeServerEventConversationItemInputAudioTranscriptionDelta,
        [
            {
                "event_id": "",
                "type": "conversation.item.input_audio_transcription.delta",
                "item_id": "",
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
                "usage": {"type": "duration", "seconds": 0},
            }
        ],
    ),
    "RealtimeServerEventConversationItemInputAudioTranscriptionSegment": (
        _make_RealtimeServerEventConversationItemInputAudioTranscriptionSegment,
        [
            {
                "event_id": "",
                "type": "conversation.item.input_audio_transcription.segment",
                "item_id": "",
                "content_index": 0,
                "text": "",
                "id": "",
                "speaker": "",
                "start": 0,
                "end": 0,
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
        [{"event_id": "", "type": "input_audio_buffer.committed", "item_id": ""}],
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
    "RealtimeServerEventInputAudioBufferTimeoutTriggered": (
        _make_RealtimeServerEventInputAudioBufferTimeoutTriggered,
        [
            {
                "event_id": "",
                "type": "input_audio_buffer.timeout_triggered",
                "audio_start_ms": 0,
                "audio_end_ms": 0,
                "item_id": "",
            }
        ],
    ),
    "RealtimeServerEventInputAudioBufferDtmfEventReceived": (
        _make_RealtimeServerEventInputAudioBufferDtmfEventReceived,
        [
            {
                "type": "input_audio_buffer.dtmf_event_received",
                "event": "#",
                "received_at": 0,
            }
        ],
    ),
    "RealtimeServerEventOutputAudioBufferStarted": (
        _make_RealtimeServerEventOutputAudioBufferStarted,
        [{"event_id": "", "type": "output_audio_buffer.started", "response_id": ""}],
    ),
    "RealtimeServerEventOutputAudioBufferStopped": (
        _make_RealtimeServerEventOutputAudioBufferStopped,
        [{"event_id": "", "type": "output_audio_buffer.stopped", "response_id": ""}],
    ),
    "RealtimeServerEventOutputAudioBufferCleared": (
        _make_RealtimeServerEventOutputAudioBufferCleared,
        [{"event_id": "", "type": "output_audio_buffer.cleared", "response_id": ""}],
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
                "type": "response.output_text.delta",
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
                "type": "response.output_text.done",
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
                "type": "response.output_audio_transcript.delta",
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
                "type": "response.output_audio_transcript.done",
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
                "type": "response.output_audio.delta",
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
                "type": "response.output_audio.done",
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
                "name": "",
                "arguments": "",
            }
        ],
    ),
    "RealtimeServerEventResponseMCPCallArgumentsDelta": (
        _make_RealtimeServerEventResponseMCPCallArgumentsDelta,
        [
            {
                "event_id": "",
                "type": "response.mcp_call_arguments.delta",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "delta": "",
            }
        ],
    ),
    "RealtimeServerEventResponseMCPCallArgumentsDone": (
        _make_RealtimeServerEventResponseMCPCallArgumentsDone,
        [
            {
                "event_id": "",
                "type": "response.mcp_call_arguments.done",
                "response_id": "",
                "item_id": "",
                "output_index": 0,
                "arguments": "",
            }
        ],
    ),
    "RealtimeServerEventResponseMCPCallInProgress": (
        _make_RealtimeServerEventResponseMCPCallInProgress,
        [
            {
                "event_id": "",
                "type": "response.mcp_call.in_progress",
                "output_index": 0,
                "item_id": "",
            }
        ],
    ),
    "RealtimeServerEventResponseMCPCallCompleted": (
        _make_RealtimeServerEventResponseMCPCallCompleted,
        [
            {
                "event_id": "",
                "type": "response.mcp_call.completed",
                "output_index": 0,
                "item_id": "",
            }
        ],
    ),
    "RealtimeServerEventResponseMCPCallFailed": (
        _make_RealtimeServerEventResponseMCPCallFailed,
        [
            {
                "event_id": "",
                "type": "response.mcp_call.failed",
                "output_index": 0,
                "item_id": "",
            }
        ],
    ),
    "RealtimeServerEventMCPListToolsInProgress": (
        _make_RealtimeServerEventMCPListToolsInProgress,
        [{"event_id": "", "type": "mcp_list_tools.in_progress", "item_id": ""}],
    ),
    "RealtimeServerEventMCPListToolsCompleted": (
        _make_RealtimeServerEventMCPListToolsCompleted,
        [{"event_id": "", "type": "mcp_list_tools.completed", "item_id": ""}],
    ),
    "RealtimeServerEventMCPListToolsFailed": (
        _make_RealtimeServerEventMCPListToolsFailed,
        [{"event_id": "", "type": "mcp_list_tools.failed", "item_id": ""}],
    ),
    "RealtimeServerEventRateLimitsUpdated": (
        _make_RealtimeServerEventRateLimitsUpdated,
        [{"event_id": "", "type": "rate_limits.updated", "rate_limits": []}],
    ),
    "ErrorDetails": (_make_ErrorDetails, [{"type": "", "message": ""}]),
    "TranscriptionError": (_make_TranscriptionError, [{}]),
    "TranscriptionUsage": (
        _make_TranscriptionUsage,
        [{"type": "duration", "seconds": 0}],
    ),
    "TranscriptTextUsageTokens": (
        _make_TranscriptTextUsageTokens,
        [{"type": "tokens", "input_tokens": 0, "output_tokens": 0, "total_tokens": 0}],
    ),
    "TranscriptTextUsageDuration": (
        _make_TranscriptTextUsageDuration,
        [{"type": "duration", "seconds": 0}],
    ),
    "TranscriptionLanguage": (_make_TranscriptionLanguage, [{"code": ""}]),
    "LogProbProperties": (
        _make_LogProbProperties,
        [{"token": "", "logprob": 0, "bytes": []}],
    ),
    "RateLimit": (_make_RateLimit, [{}]),
    "RealtimeTranslationClientEvent": (
        _make_RealtimeTranslationClientEvent,
        [{"type": "session.close"}],
    ),
    "RealtimeTranslationServerEvent": (
        _make_RealtimeTranslationServerEvent,
        [{"event_id": "", "type": "session.closed"}],
    ),
    "RealtimeTranslationClientEventSessionUpdate": (
        _make_RealtimeTranslationClientEventSessionUpdate,
        [{"type": "session.update", "session": {}}],
    ),
    "RealtimeTranslationClientEventInputAudioBufferAppend": (
        _make_RealtimeTranslationClientEventInputAudioBufferAppend,
        [{"type": "session.input_audio_buffer.append", "audio": ""}],
    ),
    "RealtimeTranslationClientEventSessionClose": (
        _make_RealtimeTranslationClientEventSessionClose,
        [{"type": "session.close"}],
    ),
    "RealtimeTranslationServerEventSessionCreated": (
        _make_RealtimeTranslationServerEventSessionCreated,
        [
            {
                "event_id": "",
                "type": "session.created",
                "session": {
                    "id": "",
                    "type": "translation",
                    "expires_at": 0,
                    "model": "",
                    "audio": {},
                },
            }
        ],
    ),
    "RealtimeTranslationServerEventSessionUpdated": (
        _make_RealtimeTranslationServerEventSessionUpdated,
        [
            {
                "event_id": "",
                "type": "session.updated",
                "session": {
                    "id": "",
                    "type": "translation",
                    "expires_at": 0,
                    "model": "",
                    "audio": {},
                },
            }
        ],
    ),
    "RealtimeTranslationServerEventSessionClosed": (
        _make_RealtimeTranslationServerEventSessionClosed,
        [{"event_id": "", "type": "session.closed"}],
    ),
    "RealtimeTranslationServerEventSessionInputTranscriptDelta": (
        _make_RealtimeTranslationServerEventSessionInputTranscriptDelta,
        [{"event_id": "", "type": "session.input_transcript.delta", "delta": ""}],
    ),
    "RealtimeTranslationServerEventSessionOutputTranscriptDelta": (
        _make_RealtimeTranslationServerEventSessionOutputTranscriptDelta,
        [{"event_id": "", "type": "session.output_transcript.delta", "delta": ""}],
    ),
    "RealtimeTranslationServerEventSessionOutputAudioDelta": (
        _make_RealtimeTranslationServerEventSessionOutputAudioDelta,
        [{"event_id": "", "type": "session.output_audio.delta", "delta": ""}],
    ),
}
