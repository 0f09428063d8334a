from collections.abc import Callable


class Recogniser:
    def __init__(self, judge: Callable[[str], bool]) -> None:
        self._judge = judge

    def is_formatted(self, piece: str) -> bool:
        return False
