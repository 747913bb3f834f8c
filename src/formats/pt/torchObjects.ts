import type { DType } from '../../tensor/dtype';
import { PickleObject, type PickleValue } from './pickleValue';

/** A storage that tensors share: a run of elements under a key, whose bytes stand outside the pickle. */
export class TorchStorage extends PickleObject {
  override readonly kind = 'storage';

  /**
   * @param key   which bytes
   * @param dtype of its elements
   * @param count of elements that the pickle claims
   * @param start element at which a view of the storage begins, as very old files have them
   */
  constructor(
    readonly key: string,
    readonly dtype: DType,
    readonly count: number,
    readonly start: number,
  ) {
    super();
  }
}

/** A tensor of which a pickle says no more than can be listed: its values are not decoded. */
export class UndecodedTorchTensor extends PickleObject {
  override readonly kind = 'undecoded tensor';

  /**
   * @param dtypeName as in "torch.quint8"
   * @param size      the shape
   * @param reason    a clause, as in "its values are quantized"
   */
  constructor(
    readonly dtypeName: string,
    readonly size: readonly PickleValue[],
    readonly reason: string,
  ) {
    super();
  }
}

/** A tensor as a pickle describes it; nothing in it is checked yet but for the kinds of values. */
export class TorchTensor extends PickleObject {
  override readonly kind = 'tensor';

  /**
   * @param offset  of element (0, …, 0) in the storage, in elements of `dtype`
   * @param size    the shape
   * @param strides in elements of `dtype`
   */
  constructor(
    readonly storage: TorchStorage,
    readonly dtype: DType,
    readonly offset: PickleValue,
    readonly size: readonly PickleValue[],
    readonly strides: readonly PickleValue[],
  ) {
    super();
  }
}
