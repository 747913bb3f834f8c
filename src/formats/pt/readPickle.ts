import { LimitError } from '../../tensor/errors';
import { quote } from '../quote';
import { PickleBytes } from './pickleBytes';
import { PickleStack } from './pickleStack';
import { Foreign, PickleGlobal, PickleTuple, type PickleValue } from './pickleValue';

/** What a pickle may reach. */
export interface PickleWorld {
  /** The allow-list: undefined for a name that is not on it. */
  global(name: string): PickleGlobal | undefined;
  /**
   * The object behind a persistent id.
   *
   * @param fault makes the error for an id that names nothing; its reason reads on after "the pickle"
   */
  persistent(id: PickleValue, fault: (reason: string) => Error): PickleValue;
}

/** A pickle that has been read. */
export interface Unpickled {
  readonly value: PickleValue;
  /** First byte behind the pickle. */
  readonly end: number;
  /** Names that the pickle asked for and that are not on the allow-list. */
  readonly foreignNames: ReadonlySet<string>;
}

/** Operations of one pickle: a tensor takes about 40, so this is room for 100,000. */
const maxOperations = 2 ** 22;

const stop = 0x2e;

/**
 * Reads one pickle of protocol 0 to 5 as data (https://github.com/python/cpython/blob/main/Lib/pickletools.py). Nothing is
 * ever imported or run: a name from outside is looked up in the allow-list, and any other becomes a `Foreign` that does
 * nothing, whatever is called on it.
 *
 * @param start      first byte of the pickle in `bytes`
 * @param fileOffset where `bytes` begin in the file, for messages; undefined where they are compressed there
 * @throws FormatError if the pickle is broken or cut short
 * @throws LimitError if it takes more operations or memory than any checkpoint
 */
export function readPickle(bytes: Uint8Array, start: number, world: PickleWorld, fileOffset?: number): Unpickled {
  const input = new PickleBytes(bytes, start, fileOffset);
  const interpreter = new Interpreter(input, world);
  for (let count = 0; count < maxOperations; count++) {
    const operation = input.nextOperation();
    if (operation === stop) {
      return { value: interpreter.stack.pop(), end: input.end, foreignNames: interpreter.foreignNames };
    }
    interpreter.execute(String.fromCharCode(operation));
  }
  throw new LimitError(`pt: the pickle takes more than ${maxOperations} operations.`);
}

class Interpreter {
  readonly foreignNames = new Set<string>();
  readonly stack: PickleStack;

  constructor(
    private readonly input: PickleBytes,
    private readonly world: PickleWorld,
  ) {
    this.stack = new PickleStack((reason) => input.fault(reason));
  }

  execute(operation: string): void {
    const { input, stack } = this;
    switch (operation) {
      case '\x80': // PROTO
        return input.skip(1);
      case '\x95': // FRAME: only a hint for buffering
        return input.skip(8);
      case '(':
        return stack.mark();
      case '0':
        return void stack.pop();
      case '1':
        return void stack.popMark();
      case '2':
        return stack.push(stack.peek());

      case 'N':
        return stack.push(null);
      case '\x88':
        return stack.push(true);
      case '\x89':
        return stack.push(false);
      case 'I':
      case 'L':
        return stack.push(input.integerLine());
      case 'K':
        return stack.push(input.unsigned(1));
      case 'M':
        return stack.push(input.unsigned(2));
      case 'J':
        return stack.push(input.int32());
      case '\x8a':
        return stack.push(input.integer(input.unsigned(1)));
      case '\x8b':
        return stack.push(input.integer(input.unsigned(4)));
      case 'F':
        return stack.push(Number(input.line()));
      case 'G':
        return stack.push(input.float64());

      case 'S':
        return stack.push(input.line().replace(/^(['"])(.*)\1$/, '$2'));
      case 'V':
        return stack.push(input.line());
      case 'U':
      case '\x8c':
        return stack.push(input.text(input.unsigned(1)));
      case 'T':
      case 'X':
        return stack.push(input.text(input.unsigned(4)));
      case '\x8d':
        return stack.push(input.text(input.unsigned(8)));
      case 'C':
        return stack.push(input.slice(input.unsigned(1)));
      case 'B':
        return stack.push(input.slice(input.unsigned(4)));
      case '\x8e':
      case '\x96':
        return stack.push(input.slice(input.unsigned(8)));

      case ']':
      case '\x8f': // EMPTY_SET: a set is shown as a list
        return stack.push([]);
      case 'l':
      case '\x91': // FROZENSET
        return stack.push(stack.popMark());
      case 'a':
        return this.append([stack.pop()]);
      case 'e':
      case '\x90': // ADDITEMS
        return this.append(stack.popMark());
      case ')':
        return stack.push(new PickleTuple([]));
      case 't':
        return stack.push(new PickleTuple(stack.popMark()));
      case '\x85':
      case '\x86':
      case '\x87':
        return stack.push(new PickleTuple(stack.popMany(operation.charCodeAt(0) - 0x84)));
      case '}':
        return stack.push(new Map());
      case 'd': {
        const items = stack.popMark();
        stack.push(new Map());
        return this.setItems(items);
      }
      case 's':
        return this.setItems(stack.popMany(2));
      case 'u':
        return this.setItems(stack.popMark());

      case 'p':
        return stack.memoize(Number(input.integerLine()));
      case 'q':
        return stack.memoize(input.unsigned(1));
      case 'r':
        return stack.memoize(input.unsigned(4));
      case '\x94':
        return stack.memoize();
      case 'g':
        return stack.recall(Number(input.integerLine()));
      case 'h':
        return stack.recall(input.unsigned(1));
      case 'j':
        return stack.recall(input.unsigned(4));

      case 'c':
        return stack.push(this.global(input.line(), input.line()));
      case '\x93': {
        const [module, name] = stack.popMany(2);
        return stack.push(this.global(module, name));
      }
      case 'i': {
        const callee = this.global(input.line(), input.line());
        return stack.push(this.call(callee, stack.popMark()));
      }
      case 'o': {
        const [callee, ...args] = stack.popMark();
        return stack.push(this.call(callee, args));
      }
      case 'R':
      case '\x81': {
        const [callee, args] = stack.popMany(2);
        return stack.push(this.call(callee, args));
      }
      case '\x92': {
        const [callee, args] = stack.popMany(3);
        return stack.push(this.call(callee, args));
      }
      case 'P':
        return stack.push(this.persistent(input.line()));
      case 'Q':
        return stack.push(this.persistent(stack.pop()));
      case 'b':
        return this.setState(stack.pop());
      default:
        throw input.fault(`holds the byte ${operation.charCodeAt(0)}, which is no operation`);
    }
  }

  private global(module: PickleValue, name: PickleValue): PickleGlobal | Foreign {
    if (typeof module !== 'string' || typeof name !== 'string') {
      throw this.input.fault('names something from outside by values that are no text');
    }
    const fullName = `${module}.${name}`;
    const found = this.world.global(fullName);
    if (found === undefined) {
      this.foreignNames.add(fullName);
    }
    return found ?? new Foreign(fullName);
  }

  private call(callee: PickleValue, args: PickleValue): PickleValue {
    if (callee instanceof Foreign) {
      return new Foreign(callee.name);
    }
    if (!(callee instanceof PickleGlobal)) {
      throw this.input.fault('calls something that is no function');
    }
    const values = args instanceof PickleTuple ? args.items : args;
    if (callee.call === undefined || !Array.isArray(values)) {
      throw this.input.fault(`calls ${quote(callee.name)}, which takes no such call`);
    }
    return callee.call(values as readonly PickleValue[], (reason) => this.input.fault(reason));
  }

  private persistent(id: PickleValue): PickleValue {
    return this.world.persistent(id, (reason) => this.input.fault(reason));
  }

  private append(items: readonly PickleValue[]): void {
    const list = this.stack.peek();
    if (list instanceof Foreign) {
      return;
    }
    if (!Array.isArray(list)) {
      throw this.input.fault('appends to something that is no list');
    }
    for (const item of items) {
      list.push(item);
    }
  }

  private setItems(items: readonly PickleValue[]): void {
    const dict = this.stack.peek();
    if (dict instanceof Foreign) {
      return;
    }
    if (!(dict instanceof Map) || items.length % 2 !== 0) {
      throw this.input.fault('sets items of something that is no dict, or a key without a value');
    }
    for (let i = 0; i < items.length; i += 2) {
      dict.set(items[i], items[i + 1]);
    }
  }

  /** Attributes of a plain container are dropped, such as the versions that a state_dict carries. */
  private setState(state: PickleValue): void {
    const object = this.stack.peek();
    if (object instanceof Foreign) {
      object.state = state;
    }
  }
}
