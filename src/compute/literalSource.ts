import { PlacedError } from '../tensor/errors';
import type { InspectorSource, LoadedCase, MarkedRows } from '../report/inspector';
import { withRoles, type LiteralCase } from '../report/literalCase';
import { rowAt, type ReadPlace } from '../report/readPlace';
import type { InspectorCalls } from './inspectorCalls';
import type { HostPeer } from './openResource';
import type { TextReader } from './textReader';

/** An array in a text as the inspector looks at it, with those that came to it from other places. */
export class LiteralSource implements InspectorSource {
  /** Where x stood when the page was told of it. */
  private x?: ReadPlace;

  constructor(
    private readonly host: HostPeer,
    private readonly reader: TextReader,
  ) {}

  async load(): Promise<LoadedCase> {
    const places = await this.reader.read(false);
    const literal = joinedCase(places);
    this.x = places[0];
    return {
      case: literal.case,
      about: {
        title: literal.title,
        place: lineOf(this.x),
        byteLength: literal.case.x.values.byteLength,
        roles: literal.roles,
        specOrigin: literal.specOrigin,
        notes: literal.x.notes ?? [],
      },
    };
  }

  async revealRows(start: number, end: number): Promise<void> {
    const [x] = await this.reader.read(false);
    const [part] = partsOf(x, [{ start, end }]);
    if (part) {
      await this.host.call('revealText', { uri: x.pointed.uri, start: part.start, end: part.end });
    }
  }

  async revealElement(row: number, column: number): Promise<void> {
    await this.host.call('revealText', await this.reader.elementPart(0, row, column));
  }

  /** Shows the array, or what is wrong with it. */
  async revealSource(): Promise<void> {
    try {
      await this.reader.read(false);
    } catch (error) {
      if (error instanceof PlacedError) {
        const { uri, start, end } = error;
        await this.host.call('revealText', { uri, start, end });
        return;
      }
    }
    await this.host.call('revealSource', null);
  }

  async markRows(marks: readonly MarkedRows[]): Promise<void> {
    if (this.x) {
      const { uri, version } = this.x.pointed;
      await this.host.call('markText', { uri, version, marks: partsOf(this.x, marks) });
    }
  }

  /** As the call of this name. */
  rowAt({ uri, version, offset }: InspectorCalls['rowAt']['params']): number | undefined {
    const isShown = this.x?.pointed.uri === uri && this.x.pointed.version === version;
    return isShown ? rowAt(this.x!, offset) : undefined;
  }
}

/**
 * The case of the first place, with the arrays of the others in their roles.
 *
 * @throws ShapeError if one does not fit
 */
export function joinedCase([x, ...others]: readonly ReadPlace[]): LiteralCase {
  const added = others.map((other) => {
    const place = other.pointed.uri === x.pointed.uri ? `line ${other.line}` : lineOf(other);
    const title = `${other.literal.title}, ${place}`;
    return [other.pointed.role!, { title, literal: other.literal.x }] as const;
  });
  return withRoles(x.literal, new Map(added));
}

function lineOf({ pointed, line }: ReadPlace): string {
  return `${pointed.path}, line ${line}`;
}

/** Rows of the last axis as the parts of the text where they stand; without those that x does not have. */
function partsOf<R extends { start: number; end: number }>({ literal }: ReadPlace, rows: readonly R[]): R[] {
  const { rowOffsets } = literal.x;
  return rows
    .filter(({ end }) => 2 * end <= rowOffsets.length)
    .map((row) => ({ ...row, start: rowOffsets[2 * row.start], end: rowOffsets[2 * row.end - 1] }));
}
