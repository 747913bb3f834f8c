import { LimitError } from '../../tensor/errors';
import { quote } from '../quote';
import { Foreign, PickleTuple, type PickleValue } from './pickleValue';
import { TorchTensor, UndecodedTorchTensor } from './torchObjects';

/** Tensors of one file; as many as members of a zip file. */
const maxTensors = 2 ** 17;

/** Containers within containers; a module within a module takes three. */
const maxDepth = 200;

/** Characters of a name; keys in a pickle may be of any length, and stand in the names of all that is below them. */
const maxNameLength = 2 ** 10;

/** Plain values that are shown: what a training script saves beside its tensors. */
const maxPlainValues = 256;

/** Characters of one plain value; a description of a dump's norms takes some thousands. */
const maxTextLength = 2 ** 16;

/** Containers of a module that its `state_dict` leaves out of names too. */
const moduleContainers = new Set<PickleValue>(['_modules', '_parameters', '_buffers']);

/** What a checkpoint holds, by names joined by dots. */
export interface CheckpointContents {
  readonly tensors: ReadonlyMap<string, TorchTensor | UndecodedTorchTensor>;
  /** Numbers, truth values and texts. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/**
 * Walks the containers of a checkpoint. Each is entered once, however often it is referred to: a few bytes can make a web of
 * containers with more paths than could ever be walked, or one that contains itself.
 *
 * @param rootName of a tensor that is no item of anything
 * @throws LimitError if there is too much of anything
 */
export function checkpointContents(root: PickleValue, rootName: string): CheckpointContents {
  const walk = new Walk(rootName);
  walk.visit(root, '', 0);
  const { tensors, plainValues, repeated } = walk;
  const [first] = repeated;
  const notes = first
    ? [
        `${quote(first.name)} is the same object as ${quote(first.firstName)} and listed there alone${
          repeated.length > 1 ? `, and so are ${repeated.length - 1} more` : ''
        }.`,
      ]
    : [];
  return { tensors, metadata: Object.fromEntries(plainValues), notes };
}

class Walk {
  readonly tensors = new Map<string, TorchTensor | UndecodedTorchTensor>();
  readonly plainValues = new Map<string, string>();
  /** Containers that hold tensors and were met again. */
  readonly repeated: { readonly name: string; readonly firstName: string }[] = [];
  /** Containers that were entered, and the number of tensors in them, which is not yet known while they are walked. */
  private readonly entered = new Map<Container, { readonly name: string; tensors?: number }>();
  /** Under names that several tensors have, the number of the last one. */
  private readonly namesakes = new Map<string, number>();

  constructor(private readonly rootName: string) {}

  visit(value: PickleValue, name: string, depth: number): void {
    if (depth > maxDepth) {
      throw new LimitError(`pt: containers stand more than ${maxDepth} deep in each other.`);
    }
    if (value instanceof TorchTensor || value instanceof UndecodedTorchTensor) {
      this.addTensor(value, name || this.rootName);
    } else if (value instanceof Foreign) {
      this.visitState(value, name, depth + 1);
    } else if (value instanceof Map || value instanceof PickleTuple || Array.isArray(value)) {
      this.enter(value, name, () => {
        for (const [key, item] of entriesOf(value)) {
          this.visitItem(item, name, key, depth);
        }
      });
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      this.addPlainValue(String(value), name);
    }
  }

  private visitItem(item: PickleValue, name: string, key: PickleValue, depth: number): void {
    const isPlain = typeof item !== 'object' || item === null;
    // A history may be millions of numbers, and no more are shown: their names need not be made.
    if (!isPlain || this.plainValues.size < maxPlainValues) {
      this.visit(item, nameWithin(name, keyName(key)), depth + 1);
    }
  }

  /** The attributes of an object that was not made; those of a module lead on to its parameters. */
  private visitState(object: Foreign, name: string, depth: number): void {
    const { state } = object;
    if (!(state instanceof Map)) {
      this.visit(state, name, depth);
      return;
    }
    this.enter(state, name, () => {
      for (const [key, item] of state) {
        if (moduleContainers.has(key)) {
          this.visit(item, name, depth + 1);
        } else {
          this.visitItem(item, name, key, depth);
        }
      }
    });
  }

  private enter(container: Container, name: string, walkItems: () => void): void {
    const before = this.entered.get(container);
    if (before) {
      if (before.tensors !== 0) {
        this.repeated.push({ name, firstName: before.name });
      }
      return;
    }
    const entry: { readonly name: string; tensors?: number } = { name };
    this.entered.set(container, entry);
    const countBefore = this.tensors.size;
    walkItems();
    entry.tensors = this.tensors.size - countBefore;
  }

  private addTensor(tensor: TorchTensor | UndecodedTorchTensor, name: string): void {
    if (this.tensors.size >= maxTensors) {
      throw new LimitError(`pt: the file holds more than ${maxTensors} tensors.`);
    }
    this.tensors.set(this.uniqueName(name), tensor);
  }

  private uniqueName(name: string): string {
    for (let count = this.namesakes.get(name) ?? 1; ; count++) {
      const candidate = count === 1 ? name : `${name} (${count})`;
      if (!this.tensors.has(candidate)) {
        this.namesakes.set(name, count);
        return candidate;
      }
    }
  }

  private addPlainValue(text: string, name: string): void {
    if (this.plainValues.size < maxPlainValues && text.length <= maxTextLength && name !== '') {
      this.plainValues.set(name, text);
    }
  }
}

type Container = PickleTuple | PickleValue[] | Map<PickleValue, PickleValue>;

function entriesOf(container: Container): Iterable<[PickleValue, PickleValue]> {
  return container instanceof PickleTuple ? container.items.entries() : container.entries();
}

/** A key as a part of a name; keys that are no plain values, tuples for example, have no text of their own. */
function keyName(key: PickleValue): string {
  return typeof key === 'object' ? '?' : String(key);
}

function nameWithin(name: string, key: string): string {
  if (name.length + key.length >= maxNameLength) {
    throw new LimitError(`pt: a name has more than ${maxNameLength} characters.`);
  }
  return name === '' ? key : `${name}.${key}`;
}
