/** A Python tuple; a list is an array. */
export class PickleTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** Something of the allow-list, which a pickle names by its module and its name. */
export class PickleGlobal {
  /**
   * @param name as in "torch.FloatStorage"
   * @param call makes plain data from the arguments of a call, or throws the error that `fault` makes of a reason, which
   *             reads on after "the pickle"; undefined for what is only ever named
   */
  constructor(
    readonly name: string,
    readonly call?: (args: readonly PickleValue[], fault: (reason: string) => Error) => PickleValue,
  ) {}
}

/**
 * Stands for whatever a pickle asks for that is not on the allow-list: a function, a class, or what a call of it would have
 * made. It can do nothing.
 */
export class Foreign {
  /** What the pickle would have given to an object of a class as its attributes. */
  state: PickleValue = null;

  /** @param name of the function or class, as in "argparse.Namespace" */
  constructor(readonly name: string) {}
}

/** A value that a function of the allow-list or a persistent id made; the interpreter does not look into it. */
export abstract class PickleObject {
  abstract readonly kind: string;
}

/** Whatever a pickle can give: plain data, and what stands for all else. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleTuple
  | PickleGlobal
  | PickleObject
  | Foreign
  | PickleValue[]
  | Map<PickleValue, PickleValue>;

/** The items of a list or tuple; undefined for all else. */
export function itemsOf(value: PickleValue): readonly PickleValue[] | undefined {
  return value instanceof PickleTuple ? value.items : Array.isArray(value) ? value : undefined;
}
