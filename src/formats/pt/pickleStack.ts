import { LimitError } from '../../tensor/errors';
import type { PickleValue } from './pickleValue';

/** Values on the stack at a time; the items of a long list stand there a thousand at a time. */
const maxStack = 2 ** 20;

/** Values remembered at a time: a tensor takes about 10. */
const maxMemo = 2 ** 20;

/** Memory that new values may take by the estimate below: a tensor takes about 900 bytes. */
const maxValueBytes = 2 ** 27;

/** The stack and the memo of a pickle. */
export class PickleStack {
  private values: PickleValue[] = [];
  /** Stacks below the marks. */
  private readonly below: PickleValue[][] = [];
  /** Values below the marks, and the marks. */
  private heldBelow = 0;
  private readonly memo = new Map<number, PickleValue>();
  private valueBytes = 0;

  /** @param fault makes the error of a broken pickle; its reason reads on after "the pickle" */
  constructor(private readonly fault: (reason: string) => Error) {}

  /**
   * Pushes a value that is new.
   *
   * @throws LimitError if the stack grows beyond all bounds, or what was pushed takes too much memory
   */
  push(value: PickleValue): void {
    this.valueBytes += memoryOf(value);
    if (this.valueBytes > maxValueBytes) {
      throw new LimitError(`pt: the values of the pickle take more than ${maxValueBytes} bytes of memory.`);
    }
    this.place(value);
  }

  peek(): PickleValue {
    const value = this.values.at(-1);
    if (value === undefined) {
      throw this.fault('takes a value from an empty stack');
    }
    return value;
  }

  pop(): PickleValue {
    const value = this.peek();
    this.values.pop();
    return value;
  }

  popMany(count: number): PickleValue[] {
    if (this.values.length < count) {
      throw this.fault('takes a value from an empty stack');
    }
    return this.values.splice(-count);
  }

  mark(): void {
    this.below.push(this.values);
    this.heldBelow += this.values.length + 1;
    this.values = [];
    if (this.heldBelow > maxStack) {
      throw new LimitError(`pt: the pickle stacks more than ${maxStack} values.`);
    }
  }

  /** The values above the last mark, which goes too. */
  popMark(): PickleValue[] {
    const items = this.values;
    const below = this.below.pop();
    if (below === undefined) {
      throw this.fault('goes back to a mark that it never set');
    }
    this.heldBelow -= below.length + 1;
    this.values = below;
    return items;
  }

  /** Remembers the topmost value under a number, by default the next one. */
  memoize(index = this.memo.size): void {
    this.memo.set(index, this.peek());
    if (this.memo.size > maxMemo) {
      throw new LimitError(`pt: the pickle remembers more than ${maxMemo} values.`);
    }
  }

  /** Pushes a value that was remembered. */
  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) {
      throw this.fault(`recalls the value ${index}, which it never stored`);
    }
    this.place(value);
  }

  private place(value: PickleValue): void {
    if (this.values.length + this.heldBelow >= maxStack) {
      throw new LimitError(`pt: the pickle stacks more than ${maxStack} values.`);
    }
    this.values.push(value);
  }
}

/** Bytes that a new value takes, by and large; what it holds has been counted before. */
function memoryOf(value: PickleValue): number {
  switch (typeof value) {
    case 'object':
      return value === null ? 0 : value instanceof Map || value instanceof Uint8Array ? 256 : 96;
    case 'bigint':
      return 64;
    case 'string':
      return 32;
    default:
      return 16;
  }
}
