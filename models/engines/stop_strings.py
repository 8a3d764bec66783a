"""Ends an answer where the model begins to write a prompt of its own."""

STOPS = ("<document>", "</document>", "Example document:", "Example answer:")
"""What stands in our prompts and in no answer."""


class StopStrings:
    """Passes text on, save for what may be the beginning of a stop string, until one is whole."""

    def __init__(self, stops: tuple[str, ...] = STOPS) -> None:
        self._stops = stops
        self._held = ""
        self.hit = False

    def feed(self, text: str) -> str:
        """Take a piece in; what of it, and of what was held back, may be shown."""
        text = self._held + text
        found = [place for stop in self._stops if (place := text.find(stop)) >= 0]
        if found:
            self.hit, self._held = True, ""
            return text[: min(found)]
        longest = max(map(len, self._stops)) - 1
        for start in range(max(0, len(text) - longest), len(text)):
            if any(stop.startswith(text[start:]) for stop in self._stops):
                self._held = text[start:]
                return text[:start]
        self._held = ""
        return text

    def rest(self) -> str:
        """What was held back, at the end of the answer."""
        held, self._held = self._held, ""
        return held
