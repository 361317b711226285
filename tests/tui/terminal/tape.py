"""A Textual app that runs on no terminal: what it writes is kept, and keys are put in."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.events import Key, Paste, Resize
from textual.geometry import Size
from textual.message import Message


class TapeDriver(Driver):
    """Keeps what Textual writes, one entry a frame."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.frames: list[str] = []

    def write(self, data: str) -> None:
        self.frames.append(data)

    def start_application_mode(self) -> None:
        self._say_size(self._size or (80, 24))

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """There is nothing to stop."""

    def _say_size(self, size: tuple[int, int]) -> None:
        self.process_message(Resize(Size(*size), Size(*size)))


class Session:
    """An app being played. Use as an asynchronous context manager."""

    def __init__(self, app: App[Any], size: tuple[int, int]) -> None:
        self.app = app
        self._size = size

    async def __aenter__(self) -> Session:
        self._task = asyncio.create_task(
            self.app.run_async(mouse=False, size=self._size, headless=False)
        )
        while not self.driver_frames():
            await asyncio.sleep(0.005)
        await self.settle()
        return self

    async def __aexit__(self, *error: object) -> None:
        self.app.exit()
        await self._task

    def driver_frames(self) -> list[str]:
        """What was written and not yet taken."""
        driver = self.app._driver
        return driver.frames if isinstance(driver, TapeDriver) else []

    def take(self) -> list[str]:
        """Take the frames that came since the last time."""
        frames = list(self.driver_frames())
        self.driver_frames().clear()
        return frames

    def resize(self, cols: int, rows: int) -> None:
        """The window changes its size."""
        self._send(Resize(Size(cols, rows), Size(cols, rows)))

    def key(self, name: str, character: str | None) -> None:
        """A key is pressed."""
        self._send(Key(name, character))

    def paste(self, text: str) -> None:
        """Text is pasted."""
        self._send(Paste(text))

    def _send(self, message: Message) -> None:
        driver = self.app._driver
        assert isinstance(driver, TapeDriver)
        if isinstance(message, Resize):
            driver._size = message.size
        driver.process_message(message)

    async def settle(self) -> None:
        """Wait until nothing more is written."""
        quiet = 0
        while quiet < 2:
            before = len(self.driver_frames())
            await asyncio.sleep(0.02)  # a frame comes within a sixtieth of a second
            quiet = quiet + 1 if len(self.driver_frames()) == before else 0
