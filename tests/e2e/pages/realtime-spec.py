"""A session without anything wrong."""

import openai_realtime as rt

events: list[rt.ServerEvent] = []
