import { formatShape } from '../../tensor/shape';
import { placesOf, type Finding } from './finding';
import type { TensorScan } from './tensorScan';

/** Tensors that hold −Inf by design: what must not be attended to. */
const masks = /mask|scores?$|attn_(?:weights|bias)|alibi/i;

/**
 * Finds where NaN and Inf begin: the first tensor in the order of the network that holds any. Those after it are told of
 * in its message, since all of them may follow from it.
 *
 * @param scans in the order of the network
 */
export function nonFiniteFindings(scans: readonly TensorScan[]): Finding[] {
  const bad = scans.filter((scan) => !isMask(scan) && (hasNaN(scan) || hasInf(scan)));
  if (bad.length === 0) {
    return [];
  }
  const [origin, ...later] = bad;
  const findings: Finding[] = [];
  if (hasInf(origin)) {
    findings.push(infOrigin(origin, later));
    if (origin.ref.dtype === 'float16') {
      findings.push(halfOverflow(origin));
    }
  }
  if (hasNaN(origin)) {
    findings.push(nanOrigin(origin, later));
  }
  return findings;
}

function isMask({ ref, nan, posInf }: TensorScan): boolean {
  return masks.test(ref.name) && nan.count === 0 && posInf.count === 0;
}

function hasNaN({ nan }: TensorScan): boolean {
  return nan.count > 0;
}

function hasInf({ posInf, negInf }: TensorScan): boolean {
  return posInf.count + negInf.count > 0;
}

function nanOrigin({ ref, nan }: TensorScan, later: readonly TensorScan[]): Finding {
  return {
    severity: 'error',
    code: 'nan-origin',
    tensor: ref.name,
    where: placesOf(nan.first),
    message:
      `${ref.name} holds ${nan.count} NaN, the first at ${formatShape(nan.first[0])}, and no tensor before it does` +
      `${spreadOf(later)}.`,
    advice:
      'Look at the operation that makes this tensor: 0 / 0, Inf − Inf, or the root or logarithm of a negative number.',
  };
}

function infOrigin({ ref, posInf, negInf }: TensorScan, later: readonly TensorScan[]): Finding {
  const elements = [...posInf.first, ...negInf.first];
  return {
    severity: 'error',
    code: 'inf-origin',
    tensor: ref.name,
    where: placesOf(elements),
    message:
      `${ref.name} holds ${posInf.count + negInf.count} infinite values, the first at ${formatShape(elements[0])}, and no ` +
      `tensor before it does${spreadOf(later)}.`,
    advice: 'Look for an overflow or a division by zero in the operation that makes this tensor.',
  };
}

function halfOverflow({ ref, posInf, negInf }: TensorScan): Finding {
  return {
    severity: 'error',
    code: 'half-overflow',
    tensor: ref.name,
    where: placesOf([...posInf.first, ...negInf.first]),
    message: `${ref.name} is float16, whose largest number is 65504; values beyond it became Inf when they were stored.`,
    advice: 'Keep this tensor in bfloat16 or float32, or scale what is added to it down.',
  };
}

function spreadOf(later: readonly TensorScan[]): string {
  if (later.length === 0) {
    return '; it does not spread';
  }
  const [{ ref, nan, posInf, negInf }] = later;
  return (
    `; ${later.length} ${later.length === 1 ? 'tensor' : 'tensors'} after it hold${later.length === 1 ? 's' : ''} NaN or Inf too, ` +
    `first ${ref.name} in ${nan.count + posInf.count + negInf.count} places`
  );
}
