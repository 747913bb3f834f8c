import { computedForward } from '../norm/arithmetic/computedForward';
import { leadingPart } from '../norm/leadingPart';
import type { NormCase } from '../norm/normCase';
import { parametersOf } from '../norm/parameters';
import { roundTo } from '../tensor/roundFloat';
import { toFloat64 } from '../tensor/tensor';
import { formatNumber } from '../tensor/formatNumber';
import { indexChart, rowPoints } from './indexChart';
import type { NormRun } from './normRun';
import type { ViewReport, ViewSentence } from './viewReport';

const formats = ['float16', 'bfloat16'] as const;
type Format = (typeof formats)[number];

/** Values whose statistics are taken once more in each format. */
const maxValues = 2 ** 18;
/** An error of rstd from here on is seen in y. */
const visible = 0.01;

/**
 * What float16 and bfloat16 would make of each row's rstd, were x stored and its statistics taken in them: squares that overflow,
 * an ε that rounds to zero, digits lost to a large mean.
 */
export function halfStatistics({ normCase, forward, geometry }: NormRun): Pick<ViewReport, 'sentences' | 'charts'> {
  const part = leadingPart(normCase, maxValues);
  if (part === undefined) {
    return { sentences: [], charts: [] };
  }
  const found = formats.map((format) => ({ format, rstd: rstdIn(format, part) }));
  const errors = found.map(({ rstd }) =>
    rstd.map((value, row) => Math.abs(value - forward.rstd[row]) / forward.rstd[row]),
  );
  const rows = Array.from(errors[0].keys()).filter(
    (row) => Number.isFinite(forward.rstd[row]) && forward.rstd[row] > 0,
  );
  if (rows.length === 0) {
    return { sentences: [], charts: [] };
  }
  return {
    sentences: found.map(({ format, rstd }, i) => sentenceOf(format, rstd, errors[i], rows)),
    charts: [
      indexChart(
        rowPoints(geometry),
        {
          title: 'How far rstd of each row is off with x and its statistics in half precision',
          y: { title: 'Relative error', scale: 'log' },
          series: [
            { name: 'float16', look: 'after', values: errors[0] },
            { name: 'bfloat16', look: 'third', values: errors[1] },
          ],
        },
        (row) => Number.isFinite(forward.rstd[row]),
      ),
    ],
  };
}

function rstdIn(format: Format, part: NormCase): Float64Array {
  const { spec, x } = part;
  const rounded = toFloat64(x).map(roundTo(format));
  return computedForward({ ...spec, computeDtype: format }, x.shape, rounded, parametersOf(part), format).rstd;
}

function sentenceOf(format: Format, rstd: Float64Array, errors: Float64Array, rows: readonly number[]): ViewSentence {
  const overflowed = rows.filter((row) => rstd[row] === 0);
  const unbounded = rows.filter((row) => rstd[row] === Infinity);
  const undefinedRows = rows.filter((row) => Number.isNaN(rstd[row]));
  const of = (some: readonly number[]) => `${some.length} of ${rows.length} rows (row ${some[0]} first)`;
  if (undefinedRows.length > 0) {
    return {
      severity: 'warning',
      text: `In ${format} the values or their sum overflow in ${of(undefinedRows)}, so that rstd is NaN.`,
      advice: 'Take the statistics in float32.',
    };
  }
  if (overflowed.length > 0) {
    return {
      severity: 'warning',
      text: `In ${format} the squares overflow in ${of(overflowed)}: rstd becomes 0, and y is β.`,
      advice: 'Take the statistics in float32.',
    };
  }
  if (unbounded.length > 0) {
    return {
      severity: 'warning',
      text: `In ${format} the variance and ε round to zero in ${of(unbounded)}: rstd becomes infinite.`,
      advice: 'Take the statistics in float32, or choose an ε that the format holds.',
    };
  }
  const worst = rows.reduce((a, b) => (errors[b] > errors[a] ? b : a));
  return {
    severity: errors[worst] > visible ? 'warning' : 'pass',
    text: `With x and its statistics in ${format} rstd is off by up to ${formatNumber(100 * errors[worst])} %, most in row ${worst}.`,
  };
}
