import { ComparisonSource, type ComparedPair } from '../report/comparisonSource';
import { literalComparison } from '../report/literalComparison';
import type { ReadPlace } from '../report/readPlace';
import type { HostPeer } from './openResource';
import type { TextReader } from './textReader';

/** Two arrays in texts as the inspector compares them: as they stand there when the page first asks. */
export function arrayPairSource(host: HostPeer, reader: TextReader): ComparisonSource {
  const open = async () => arrayPair(await reader.read(false));
  return new ComparisonSource(open, async ({ side, row, column }) => {
    await host.call('revealText', await reader.elementPart(side, row, column));
  });
}

/**
 * The array on trial and the reference.
 *
 * @throws InputError if they are not of one shape
 */
export function arrayPair([a, b]: readonly ReadPlace[]): ComparedPair {
  return literalComparison(a.literal.x, b.literal.x, [placeName(a), placeName(b)]);
}

/** Where an array begins, as the editor writes places: "layer.py:5:1". */
export function placeName({ pointed, line, column }: ReadPlace): string {
  return `${pointed.path.split(/[/\\]/).at(-1)}:${line}:${column}`;
}
