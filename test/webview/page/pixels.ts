import type { Locator } from 'playwright-core';

/** How many pixels of a canvas have a colour, "#59A4F9", up to the rounding of its edges. */
export function countPixels(canvas: Locator, colour: string): Promise<number> {
  const rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return canvas.evaluate((element: HTMLCanvasElement, [red, green, blue]) => {
    // Read from a copy: the browser warns of reading a canvas that is being drawn on.
    const copy = new OffscreenCanvas(element.width, element.height).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(element, 0, 0);
    const { data } = copy.getImageData(0, 0, element.width, element.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const distance = Math.abs(data[i] - red) + Math.abs(data[i + 1] - green) + Math.abs(data[i + 2] - blue);
      count += distance < 12 && data[i + 3] > 200 ? 1 : 0;
    }
    return count;
  }, rgb);
}
