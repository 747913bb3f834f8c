import { toFloat64 } from '../../tensor/tensor';
import type { Finding } from './finding';
import type { NormSite } from './normSite';

/** True if a norm's input holds just what its output does. */
export function isOverwritten({ x, normCase }: NormSite): boolean {
  const y = toFloat64(normCase.output!);
  return y.length > 0 && y.every((value, i) => Object.is(value, x[i]));
}

/** An input that is its norm's output, though that is not what the norm makes of it. */
export function inputOverwritten({ names, guessed }: NormSite): Finding {
  return {
    severity: guessed ? 'warning' : 'error',
    code: 'input-overwritten',
    tensor: names.tensors.x,
    where: {},
    message:
      `${names.tensors.x} holds the same numbers as ${names.tensors.output}, which are not normalized by themselves: either the norm ` +
      `writes into its input, so that whatever reads the residual after it reads the normalized one, or it does nothing.`,
    advice: 'Record a copy of the input before the norm runs; if it is the same then, let the norm write elsewhere.',
  };
}
