import { FormatError, LimitError } from '../../tensor/errors';
import type { ByteSource } from '../byteSource';
import type { Dump, TensorRef } from '../dump';
import { memoryTensor } from '../memoryTensor';
import { oneLine, quote } from '../quote';
import { maxDepth, nestedNumbers } from './nestedNumbers';
import { isRecord, numberOf, parseJson } from './parseJson';
import { RecordColumns } from './recordColumns';

/** Some 6 million numbers as printed in full: a second of parsing, in which nothing else runs. */
const maxBytes = 1 << 26;

/** Entries of a dump that say what it holds (`norms`, `order`), and so are kept as one text. */
const selfDescription = new Set(['norms', 'order']);

/**
 * Opens a .json file: one array of numbers, or objects whose arrays become tensors by their keys joined by dots. A list of
 * objects becomes a tensor per key. Single numbers and texts in objects are metadata.
 *
 * @throws FormatError if it is not JSON, or holds no array of numbers
 * @throws LimitError if it is longer than 64 MiB
 */
export async function openJson(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  if (source.size > maxBytes) {
    throw new LimitError(`json: the file has ${source.size} bytes; at most ${maxBytes} are read.`, {
      advice: 'Save arrays of this size as .npy or .safetensors.',
    });
  }
  const value = parse(await source.read(0, source.size, signal));
  const walk = new JsonWalk();
  const name = fileName.replace(/\.json$/i, '');
  if (isRecord(value)) {
    walk.object('', value, 0);
  } else if (areRecords(value)) {
    walk.records('', value);
  } else {
    walk.array(name, value, 'the array');
  }
  const { tensors, notes, fault } = walk;
  if (tensors.length === 0) {
    throw fault ?? new FormatError('json', 'the file holds no array of numbers');
  }
  return { format: 'json', metadata: Object.fromEntries(walk.metadata), tensors, notes };
}

function parse(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError('json', 'the text is not valid UTF-8', undefined, { cause });
  }
  try {
    return parseJson(text);
  } catch (cause) {
    throw new FormatError('json', `the text is not JSON: ${oneLine((cause as SyntaxError).message)}`, undefined, {
      cause,
    });
  }
}

/** Gathers what the values of one file give. */
class JsonWalk {
  readonly tensors: TensorRef[] = [];
  readonly metadata = new Map<string, string>();
  readonly notes: string[] = [];
  /** Of the first array that is none of numbers. */
  fault: FormatError | undefined;

  object(prefix: string, value: Readonly<Record<string, unknown>>, depth: number): void {
    for (const [key, member] of Object.entries(value)) {
      const name = prefix + key;
      if (selfDescription.has(name) && typeof member !== 'string') {
        this.metadata.set(name, JSON.stringify(member));
      } else if (isRecord(member)) {
        this.nested(name, member, depth + 1);
      } else if (!Array.isArray(member)) {
        this.metadata.set(name, String(member));
      } else if (areTexts(member)) {
        this.metadata.set(name, JSON.stringify(member));
      } else if (areRecords(member)) {
        this.records(`${name}.`, member);
      } else {
        this.array(name, member, quote(name));
      }
    }
  }

  private nested(name: string, value: Readonly<Record<string, unknown>>, depth: number): void {
    if (depth > maxDepth) {
      this.notes.push(`${quote(name)} is not shown: at most ${maxDepth} objects inside objects are read.`);
    } else {
      this.object(`${name}.`, value, depth);
    }
  }

  records(prefix: string, list: readonly unknown[]): void {
    const columns = new RecordColumns('json', prefix);
    list.forEach((record) => columns.add(record));
    this.tensors.push(...columns.tensors(this.notes));
  }

  /** @param subject what messages call it */
  array(name: string, value: unknown, subject: string): void {
    try {
      const { shape, values, areBooleans, nulls } = nestedNumbers(value, subject);
      if (nulls > 0) {
        this.notes.push(`${quote(name)} holds null in ${nulls} places; NaN stands there.`);
      }
      this.tensors.push(
        areBooleans
          ? memoryTensor({ name, dtype: 'bool', shape, values: Uint8Array.from(values) })
          : memoryTensor({ name, dtype: 'float64', shape, values: Float64Array.from(values) }),
      );
    } catch (error) {
      if (!(error instanceof FormatError)) {
        throw error;
      }
      this.fault ??= error;
      this.notes.push(`${quote(name)} is not shown: ${error.reason}.`);
    }
  }
}

function areRecords(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function areTexts(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every((item) => typeof item === 'string' && numberOf(item) === undefined);
}
