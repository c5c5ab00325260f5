"""Pixels of a screenshot. Chromium decodes its own pictures: a decoder in Python takes seconds."""

from __future__ import annotations

from typing import NamedTuple

# A function of a PNG in base64: its width, its height, its colours in base64. It fetches nothing,
# so a page's policy does not forbid it.
DECODE = """
(async png => {
  const bytes = Uint8Array.from(atob(png), one => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const parts = [];
  for (let at = 0; at < data.length; at += 8192)
    parts.push(String.fromCharCode.apply(null, data.subarray(at, at + 8192)));
  return [image.width, image.height, btoa(parts.join(""))];
})
"""


class Pixel(NamedTuple):
    """A colour, each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def brightness(self) -> float:
        """From 0, black, to 255, white."""
        return 0.299 * self.red + 0.587 * self.green + 0.114 * self.blue


class Image:
    """A screenshot of four bytes a pixel; places are counted from the top left corner."""

    def __init__(self, width: int, height: int, data: bytes) -> None:
        assert len(data) == 4 * width * height
        self.width = width
        self.height = height
        self._data = data

    def pixel(self, x: int, y: int) -> Pixel:
        """The colour at a place."""
        at = 4 * (y * self.width + x)
        return Pixel(*self._data[at : at + 3])

    def colours(self, step: int = 4) -> dict[Pixel, int]:
        """How often each colour occurs, looking at every `step`-th pixel of both directions."""
        found: dict[Pixel, int] = {}
        for y in range(0, self.height, step):
            for x in range(0, self.width, step):
                here = self.pixel(x, y)
                found[here] = found.get(here, 0) + 1
        return found

    @property
    def brightness(self) -> float:
        """The mean brightness, from 0 to 255."""
        found = self.colours()
        return sum(colour.brightness * n for colour, n in found.items()) / sum(found.values())
