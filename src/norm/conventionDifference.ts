import { ShapeError } from '../tensor/errors';
import { floatDtypeOf } from '../tensor/roundFloat';
import { unravelIndex } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { computedForward } from './arithmetic/computedForward';
import type { EvaluationName } from './arithmetic/evaluations';
import { forwardRows } from './forward';
import { rowGeometry } from './geometry';
import type { NormSpec } from './normSpec';
import type { NormParameters } from './parameters';
import { inRowOrder, positionInX } from './rowOrder';
import { specKeys } from './specKeys';
import { reasonFor, type KeyEffect } from './conventionReason';

/** A convention with the order in which it is evaluated. */
export interface Convention {
  readonly spec: NormSpec;
  readonly evaluation: EvaluationName;
}

/** Where two conventions part on the same x. */
export interface ConventionDifference {
  readonly elements: number;
  /** Elements of y that are different numbers of the dtype of x. */
  readonly differing: number;
  readonly rows: number;
  /** Rows, as the first convention counts them, that hold such elements, ascending. */
  readonly differingRows: readonly number[];
  /** (rows,): largest difference of each row; NaN where one of the two is not finite and the other is something else. */
  readonly rowMaxAbs: Float64Array;
  /** Largest difference; NaN where one of the two is not finite and the other is something else. */
  readonly maxAbs: number;
  /** Index in x of the largest, with y there by the first and by the second; absent if nothing differs. */
  readonly worst?: { readonly index: readonly number[]; readonly row: number; readonly a: number; readonly b: number };
  /** ‖a − b‖ / ‖b‖ over the elements that are finite in both. */
  readonly relL2: number;
  /** How far each part of the convention alone takes the first from itself towards the second, largest first. */
  readonly effects: readonly KeyEffect[];
  /** One sentence: what they part in, where, and why there. */
  readonly reason: string;
}

/** Float64 results that differ by this, relative to the largest of their row, differ by rounding alone. */
const float64Rounding = 2 ** -46;

/**
 * Applies two conventions to the same x and says where they part and why.
 *
 * The reason is found by trial: each key in which the specs differ is changed alone in the first, and the one that moves y
 * furthest is named.
 *
 * @throws ShapeError if one of them does not fit x or the parameters
 */
export function conventionDifference(
  x: Tensor,
  parameters: NormParameters,
  a: Convention,
  b: Convention,
): ConventionDifference {
  const values = toFloat64(x);
  const dtype = floatDtypeOf(x.dtype);
  const geometry = rowGeometry(a.spec, x.shape);
  const run = ({ spec, evaluation }: Convention) =>
    inRowOrder(geometry, computedForward(spec, x.shape, values, parameters, dtype, evaluation).y);
  const ofA = run(a);
  const parted = partsOf(ofA, run(b), dtype === 'float64' ? float64Rounding : 0);
  const effects = effectsOf(a, b, (from, to) => partsOf(run(from), run(to), 0).maxAbs);
  const rowOf = (position: number) => Math.floor(position / geometry.cols);
  const worstRow = parted.worst === undefined ? undefined : rowOf(parted.worst);
  const { mean, variance } = forwardRows(a.spec, geometry, inRowOrder(geometry, values), parameters);
  return {
    elements: values.length,
    differing: parted.positions.length,
    rows: geometry.rows,
    differingRows: [...new Set(parted.positions.map(rowOf))],
    rowMaxAbs: parted.maxAbsBy(geometry.cols),
    maxAbs: parted.maxAbs,
    worst:
      parted.worst === undefined || worstRow === undefined
        ? undefined
        : {
            index: unravelIndex(positionInX(geometry, parted.worst), x.shape),
            row: worstRow,
            a: parted.a,
            b: parted.b,
          },
    relL2: parted.relL2,
    effects,
    reason: reasonFor(
      a,
      b,
      effects,
      worstRow === undefined
        ? undefined
        : {
            row: worstRow,
            mean: mean[worstRow],
            variance: variance[worstRow],
            cols: geometry.cols,
          },
    ),
  };
}

/** Positions are row by row. */
interface Parts {
  readonly positions: readonly number[];
  readonly maxAbs: number;
  readonly worst?: number;
  readonly a: number;
  readonly b: number;
  readonly relL2: number;
  /** The largest difference in each stretch of so many elements. */
  maxAbsBy(length: number): Float64Array;
}

function partsOf(a: Float64Array, b: Float64Array, rounding: number): Parts {
  const scale =
    rounding *
    b.reduce((largest, value) => (Math.abs(value) < Infinity ? Math.max(largest, Math.abs(value)) : largest), 0);
  const positions: number[] = [];
  let worst: number | undefined;
  let maxAbs = 0;
  let squares = 0;
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs(a[i] - b[i]);
    if (Number.isFinite(error)) {
      squares += error * error;
      total += b[i] * b[i];
    }
    if (error <= scale || Object.is(a[i], b[i])) {
      continue;
    }
    positions.push(i);
    // Where one is NaN or infinite and the other is not, no number is larger.
    if (worst === undefined || error > maxAbs || (Number.isNaN(error) && !Number.isNaN(maxAbs))) {
      worst = i;
      maxAbs = error;
    }
  }
  const relL2 = total > 0 ? Math.sqrt(squares / total) : Math.sqrt(squares);
  return {
    positions,
    maxAbs,
    worst,
    a: worst === undefined ? 0 : a[worst],
    b: worst === undefined ? 0 : b[worst],
    relL2,
    maxAbsBy: (length) => {
      const largest = new Float64Array(length > 0 ? a.length / length : 0);
      for (const position of positions) {
        const stretch = Math.floor(position / length);
        // Math.max passes NaN on.
        largest[stretch] = Math.max(largest[stretch], Math.abs(a[position] - b[position]));
      }
      return largest;
    },
  };
}

/**
 * The effect of each part alone; with the kind go the parts that only the second has. Parts of the spec are tried in the plain order of evaluation, which every spec has; one that
 * alone does not make a convention that fits, as other axes with a weight, has no effect of its own.
 */
function effectsOf(a: Convention, b: Convention, distance: (from: Convention, to: Convention) => number): KeyEffect[] {
  const ofA = specKeys(a.spec.kind);
  const ofB = specKeys(b.spec.kind);
  const keys = ofB.filter((key) => ofA.includes(key) && JSON.stringify(a.spec[key]) !== JSON.stringify(b.spec[key]));
  const withKind = ofB.filter((key) => !ofA.includes(key)).map((key) => [key, b.spec[key]] as const);
  const plain: Convention = { spec: a.spec, evaluation: 'plain' };
  const trials: [key: KeyEffect['key'], from: Convention, to: Convention][] = keys.map((key) => [
    key,
    plain,
    {
      ...plain,
      spec: { ...a.spec, ...(key === 'kind' && Object.fromEntries(withKind)), [key]: b.spec[key] },
    },
  ]);
  if (a.evaluation !== b.evaluation) {
    trials.push(['evaluation', a, { ...a, evaluation: b.evaluation }]);
  }
  return trials
    .map(([key, from, to]) => ({ key, maxAbs: distanceOrZero(() => distance(from, to)) }))
    .sort((first, second) => rank(second.maxAbs) - rank(first.maxAbs));
}

function distanceOrZero(distance: () => number): number {
  try {
    return distance();
  } catch (error) {
    if (error instanceof ShapeError) {
      return 0;
    }
    throw error;
  }
}

function rank(maxAbs: number): number {
  return Number.isNaN(maxAbs) ? Infinity : maxAbs;
}
