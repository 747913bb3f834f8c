import { formatShape } from '../../tensor/shape';
import { counted } from '../../tensor/formatCount';
import { placesOf, type Finding } from './finding';
import { isMaskName, isMeantInfinity } from './tensorNames';
import { firstBadRecord, type TensorScan } from './tensorScan';

/**
 * Finds where NaN and Inf begin: the first tensor in the order of the network that holds any, of a log the one with the
 * earliest record. Those after it are told of in its message, since all of them may follow from it.
 *
 * @param scans in the order of the network
 */
export function nonFiniteFindings(scans: readonly TensorScan[]): Finding[] {
  const bad = scans
    .filter((scan) => !isMeant(scan) && (hasNaN(scan) || hasInf(scan)))
    .sort((a, b) => firstBadRecord(a) - firstBadRecord(b));
  if (bad.length === 0) {
    return scans.flatMap(nothingLeft);
  }
  if (bad.every(isMasked)) {
    return [maybeMask(bad)];
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
    const before = scans.slice(0, scans.indexOf(origin));
    findings.push(
      nanOrigin(
        origin,
        later,
        before.findLast(({ maskedRows }) => maskedRows.count > 0),
      ),
    );
  }
  return findings;
}

/** Rows of attention scores or of a mask that are −Inf throughout, in a dump where no NaN has come of them. */
function nothingLeft({ ref, maskedRows: { count, first } }: TensorScan): Finding[] {
  return count === 0 || !isMaskName(ref.name)
    ? []
    : [
        {
          severity: 'warning',
          code: 'inf-origin',
          tensor: ref.name,
          where: { rows: first },
          message:
            `${ref.name} holds ${counted(count, 'row')} of nothing but −Inf, first row ${formatShape(first[0])}: ` +
            `a softmax of such a row is 0 / 0, NaN.`,
          advice: 'Leave every row one thing to attend to, itself for one, or set what comes of such rows to 0.',
        },
      ];
}

function isMeant({ ref, nan, posInf }: TensorScan): boolean {
  return isMeantInfinity(ref.name, { nan: nan.count, posInf: posInf.count });
}

function isMasked({ nan, posInf, negInf }: TensorScan): boolean {
  return negInf.count > 0 && nan.count + posInf.count === 0;
}

/** −Inf and nothing else in the whole dump: an overflow would have made NaN of it by the next norm. */
function maybeMask([{ ref, negInf }, ...later]: readonly TensorScan[]): Finding {
  return {
    severity: 'warning',
    code: 'inf-origin',
    tensor: ref.name,
    where: placesOf(negInf.first),
    message:
      `${ref.name} holds ${negInf.count} values of −Inf, the first at ${formatShape(negInf.first[0])}, and no tensor before it ` +
      `does${spreadOf(later)}. No tensor holds +Inf or NaN, as it would after an overflow, so that this may be a mask before a softmax.`,
    advice: 'Look for an overflow or the logarithm of 0, unless it is a mask or holds the logarithms of probabilities.',
  };
}

function hasNaN({ nan }: TensorScan): boolean {
  return nan.count > 0;
}

function hasInf({ posInf, negInf }: TensorScan): boolean {
  return posInf.count + negInf.count > 0;
}

function nanOrigin({ ref, nan }: TensorScan, later: readonly TensorScan[], mask: TensorScan | undefined): Finding {
  return {
    severity: 'error',
    code: 'nan-origin',
    tensor: ref.name,
    where: placesOf(nan.first),
    message:
      `${ref.name} holds ${nan.count} NaN, the first at ${formatShape(nan.first[0])}, and ${nothingBefore(ref)}` +
      `${spreadOf(later)}.`,
    advice: mask
      ? `Look at ${mask.ref.name} before it: ${mask.maskedRows.count} of its rows, first ${formatShape(mask.maskedRows.first[0])}, are ` +
        `−Inf throughout, and a softmax of such a row is NaN.`
      : 'Look at the operation that makes this tensor: 0 / 0, Inf − Inf, or the root or logarithm of a negative number.',
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
      `${ref.name} holds ${posInf.count + negInf.count} infinite values, the first at ${formatShape(elements[0])}, and ` +
      `${nothingBefore(ref)}${spreadOf(later)}.`,
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

function nothingBefore({ isLog }: TensorScan['ref']): string {
  return isLog ? 'no earlier record does' : 'no tensor before it does';
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
