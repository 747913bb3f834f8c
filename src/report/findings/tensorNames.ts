import { roleOf } from '../../norm/sites';

/** Tensors that hold −Inf or a large negative number by design: what must not be attended to, or chosen. */
const masks =
  /mask|causal|alibi|(?:^|[._/])qk(?:[._/]|$)|scores?|logits?|log_?(?:probs?|softmax)|attn_(?:weights|bias)/i;
/** Gradients and the state of optimizers. */
const gradients =
  /(?:^|[._/])(?:d|grads?|gradients?|exp_avg\w*|momentum_buffer)(?:[._/]|$)|(?:^|[._/])grad_|_grad(?:[._/]|$)/i;

/** What a running minimum or maximum starts from, as of quantization observers and best losses. */
const extremes = /(?:^|[._/])(?:best|min|max)(?:[._/]|$)/i;

/**
 * True of infinities by design: −Inf where nothing may be attended to or chosen, and what no number has been compared with yet.
 *
 * @param counts of the values that are not finite
 */
export function isMeantInfinity(
  name: string,
  { nan, posInf }: { readonly nan: number; readonly posInf: number },
): boolean {
  return nan === 0 && ((posInf === 0 && isMaskName(name)) || extremes.test(name));
}

/** True if a tensor's name says that it is masked, or added to what is. */
export function isMaskName(name: string): boolean {
  return masks.test(name);
}

/** True of what is neither a parameter nor a gradient by its name. */
export function isActivationName(name: string): boolean {
  const role = roleOf(name);
  return (role === undefined || role === 'x' || role === 'output') && !gradients.test(name);
}
