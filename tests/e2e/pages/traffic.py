"""A server to talk to, and a recording of the tutorial's agent, in which two things
drift."""

import json
import threading
from pathlib import Path

import websockets.sync.server as sync
from websockets.asyncio.client import connect  # noqa: F401

from tests import pages
from tests.corpus_paths import ROOT

spec = next(
    block for block in pages.blocks(ROOT / "docs" / "tutorial.md") if block.file
)
Path("voice.yaml").write_text(spec.text, "utf-8")
frames = [
    {"type": "session.updated", "session": {"voice": "coral"}},
    *[{"type": "text.delta", "text": word} for word in ("Good", "morning.")],
    {"type": "turn.done", "seconds": "1.5"},
]
lines = [
    json.dumps({"direction": "server_to_client", "frame": frame}) + "\n"
    for frame in frames * 3
]
Path("turns.jsonl").write_text("".join(lines), "utf-8")

server = sync.serve(lambda connection: None, "127.0.0.1", 0)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
