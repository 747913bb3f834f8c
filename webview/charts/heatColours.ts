/** Red, green, blue and opacity, each 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** The most decades under the largest value that have colours of their own; all below look like the lowest of them. */
const mostDecades = 6;

/** What the colours of a heatmap mean. */
export interface HeatScale {
  /** The values of the palest and of the strongest colour; both 0 where nothing is positive and finite. */
  readonly low: number;
  readonly high: number;
}

/** A logarithmic scale from the smallest to the largest positive value, over six decades at the most. */
export function heatScale(values: ArrayLike<number>): HeatScale {
  let [low, high] = [Infinity, 0];
  for (const value of Array.from(values)) {
    if (value > 0 && value < Infinity) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high === 0 ? { low: 0, high: 0 } : { low: Math.max(low, high / 10 ** mostDecades), high };
}

/** How strong the colour of a positive finite value is, 0 to 1; what is barely there can still be told from nothing. */
export function heatStrength(value: number, { low, high }: HeatScale): number {
  const palest = 0.15;
  const part = low === high ? 1 : Math.log(Math.max(value, low) / low) / Math.log(high / low);
  return palest + (1 - palest) * part;
}

/** A colour as the theme writes it, in numbers. */
export function parseColour(css: string): Colour {
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, opacity] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, opacity];
}
