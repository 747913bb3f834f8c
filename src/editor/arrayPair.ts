import type { InspectorThreads, PageInspector } from '../compute/pageInspector';
import { InspectedTexts } from './inspectedTexts';
import type { PairToCompare } from './pairToCompare';
import { TextPlace, type SavedPlace } from './textPlace';

/** Two arrays, by where they stand. */
export interface SavedArrayPair {
  readonly inspected: SavedPlace;
  readonly selection: SavedPlace;
}

/** Two arrays in texts, as they stood there when they were read. */
export class ArrayPair implements PairToCompare {
  readonly inspector: PageInspector;

  private constructor(
    private readonly texts: InspectedTexts,
    readonly names: readonly [string, string],
  ) {
    this.inspector = texts.inspector;
  }

  /** @throws InputError if one is no array any more, or they are not of one shape */
  static async read(threads: InspectorThreads, { inspected, selection }: SavedArrayPair): Promise<ArrayPair> {
    const texts = new InspectedTexts(threads, 'arrays');
    try {
      const [a, b] = await texts.read([{ place: new TextPlace(inspected) }, { place: new TextPlace(selection) }]);
      return new ArrayPair(texts, [a.name, b.name]);
    } catch (error) {
      texts.dispose();
      throw error;
    }
  }

  get saved(): SavedArrayPair {
    const [inspected, selection] = this.texts.places.map(({ place }) => place.saved);
    return { inspected, selection };
  }

  dispose(): void {
    this.texts.dispose();
  }
}
