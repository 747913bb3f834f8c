import { elementAt, readPlace, type ReadPlace } from '../report/readPlace';
import type { TextPart } from './inspectorCalls';
import type { HostPeer } from './openResource';

/** Reads arrays out of the editor's texts, each version of a text once: the texts come from the host as they are wanted. */
export class TextReader {
  private kept: ReadonlyMap<string, ReadPlace> = new Map();

  constructor(private readonly host: HostPeer) {}

  /**
   * What stands at the places that are shown, or that are asked about, now: the first may be a whole case, the others are arrays.
   *
   * @throws PlacedError if one is no array; LimitError if it is too long; ShapeError if the arrays of a case do not fit
   */
  async read(asked: boolean): Promise<readonly ReadPlace[]> {
    const { kept } = this;
    const { places, texts } = await this.host.call('texts', { asked, known: [...kept.keys()] });
    const read = places.map((place, i) => kept.get(place.key) ?? readPlace(place, texts[place.uri], i === 0));
    // What is asked about is shown next, or refused: then what is shown is still there.
    this.kept = new Map([...(asked ? this.kept : []), ...read.map((place) => [place.pointed.key, place] as const)]);
    return read;
  }

  /**
   * Where one element of the array at one of the shown places stands, by its row and column along the last axis. The text comes
   * once more for it: kept, it would take as much memory as the array.
   *
   * @throws as `read`; ShapeError if the array has no such element
   */
  async elementPart(place: number, row: number, column: number): Promise<TextPart> {
    const read = await this.read(false);
    const { uri } = read[place].pointed;
    const others = read.filter((_, i) => i !== place);
    const { texts } = await this.host.call('texts', { asked: false, known: others.map(({ pointed }) => pointed.key) });
    return { uri, ...elementAt(read[place], texts[uri], row, column) };
  }
}
