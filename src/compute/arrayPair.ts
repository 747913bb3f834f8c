import { ComparisonSource, type ComparedPair } from '../report/comparisonSource';
import { unnamed } from '../report/literalCase';
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

/** What the text calls an array, and where: "W (layer.py:5)"; of one without a name the place, "layer.py:5:1". */
export function placeName({ pointed, literal, line, column }: ReadPlace): string {
  const place = `${pointed.path.split(/[/\\]/).at(-1)}:${line}`;
  return literal.title === unnamed ? `${place}:${column}` : `${literal.title} (${place})`;
}
