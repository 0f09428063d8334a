"""A server to talk to, and a recording of a spoken turn in which two things drift."""

import json
import shutil
import threading
from pathlib import Path

import websockets.sync.server as sync
from websockets.asyncio.client import connect  # noqa: F401

from tests.corpus_paths import ROOT

shutil.copytree(ROOT / "specs" / "realtime" / "2026-08", ".", dirs_exist_ok=True)
frames = (ROOT / "examples" / "frames.jsonl").read_text("utf-8").splitlines()
lines = []
for frame in map(json.loads, frames):
    if frame["type"] == "response.output_audio.delta":
        frame["content_index"] = str(frame["content_index"])
    if frame["type"] == "response.done":
        frame["response"]["status"] = "paused"
    lines.append(json.dumps({"direction": "server_to_client", "frame": frame}))
Path("turn.jsonl").write_text("\n".join(lines) + "\n", "utf-8")

server = sync.serve(lambda connection: None, "127.0.0.1", 0)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
