from collections.abc import Callable
from typing import Any

TABLES: int

class Codec:
    def __new__(
        cls,
        tables: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
        find_class: Callable[[str], Any],
        find_decoder: Callable[[str], Callable[[Any], Any]],
        find_test: Callable[[str, str], Callable[[str], Any]],
        unset: object,
        drift: object,
        keepers: set[type],
        frame_name: str,
        /,
    ) -> Codec: ...
    def decoder(
        self, name: str, python: Callable[..., Any], /
    ) -> Callable[..., Any] | None: ...
    def encoder(
        self, name: str, python: Callable[..., Any], /
    ) -> Callable[..., Any] | None: ...
    def validator(
        self, name: str, valid: Callable[[Any], Any], /
    ) -> Callable[[Any], Any] | None: ...
    def keeping(self, model: type, /) -> Any: ...
    def writing(self, to_json: Callable[[Any], bytes], /) -> Any: ...

def counts(decode: Callable[..., Any], /) -> tuple[int, int]: ...
