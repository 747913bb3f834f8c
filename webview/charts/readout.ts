import { formatCount, formatNumber } from '../format';
import { range, type ChartModel } from './chartModel';

/** What a chart says of one of its points: to the pointer in full, to the ear shortly. */
export interface Readout {
  /** "Row 5 (1, 2)". */
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly value: number }[];
}

/** All series at one index of the model. */
export function readoutAt({ x, series }: ChartModel, index: number): Readout {
  return {
    title: x.name(x.positions[index]),
    lines: series.flatMap(({ name, values }) => {
      const value = values[index];
      return value === null ? [] : [{ name, value }];
    }),
  };
}

/** One line of text: "Row 5: before 0.01234, after 0". */
export function speak({ title, lines }: Readout): string {
  return `${title}: ${lines.map(({ name, value }) => `${name} ${formatNumber(value)}`).join(', ')}`;
}

/** What a chart shows, in words: its title and the range of each series. */
export function summarize({ title, series, x }: ChartModel): string {
  const ranges = series.map(({ name, values }) => {
    const present = Array.from(values).filter((value) => value !== null);
    const finite = present.filter(Number.isFinite);
    const lost = present.length - finite.length;
    const { min, max } = range(finite);
    const spread = finite.length === 0 ? 'no finite value' : `from ${formatNumber(min)} to ${formatNumber(max)}`;
    return `${name}: ${spread}${lost === 0 ? '' : `, ${lost} not finite`}`;
  });
  return `${title}. ${formatCount(x.positions.length, 'point')}. ${ranges.join('; ')}.`;
}
