import { steppableRows } from '../norm/analyticGradients';
import {
  directionalChecks,
  directionalLimit,
  type DirectionalCheck,
  type DirectionName,
} from '../norm/directionalCheck';
import type { GradientCheck } from '../norm/gradientCheck';
import type { GradientProblem } from '../norm/gradientProblem';
import type { NormCase } from '../norm/normCase';
import { precisionOf } from '../norm/precision';
import { inRowOrder } from '../norm/rowOrder';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { formatNumber } from '../tensor/formatNumber';
import type { Look, ViewChart, ViewSeverity } from './viewReport';

/** A gradient dx against differences of all step sizes along a few directions: what it shows, and in one sentence. */
export interface GradientSweep {
  readonly severity: ViewSeverity;
  readonly text: string;
  readonly chart: ViewChart;
}

/** Along a direction the roundoff of many elements largely cancels: more than this many of it is a wrong gradient. */
const roundoffs = 8;

const words: Readonly<Record<DirectionName, string>> = {
  random: 'a random direction',
  ones: '1',
  deviation: 'x − mean',
};
const looks: Readonly<Record<DirectionName, Look>> = { random: 'before', ones: 'after', deviation: 'third' };

/**
 * The engine's dx and, where the case brings one with all that it depends on, the case's own.
 *
 * @param check   of the same problem
 */
export function gradientSweeps(
  { gradInput }: NormCase,
  problem: GradientProblem,
  { gradients, seed }: GradientCheck,
): GradientSweep[] {
  const ofEngine = gradients.find(({ directions }) => directions !== undefined)?.directions;
  const ofFile = gradients.find(({ name, source }) => name === 'gradInput' && source === 'file');
  const isComplete = problem.gradOutputSource === 'given' && problem.weightSource === 'given';
  return [
    ...(ofEngine ? [engineSweep(ofEngine)] : []),
    ...(gradInput && ofFile && isComplete
      ? [fileSweep(gradInput, fileDirections(gradInput, problem, seed), ofFile.passed)]
      : []),
  ];
}

function fileDirections(gradInput: Tensor, problem: GradientProblem, seed: number): DirectionalCheck[] {
  const { wholeGeometry, rowNumbers } = problem;
  const rows = inRowOrder(wholeGeometry, toFloat64(gradInput), rowNumbers);
  return directionalChecks(problem, rows, steppableRows(problem), seed);
}

function engineSweep(directions: readonly DirectionalCheck[]): GradientSweep {
  const worst = directions.reduce((a, b) => (b.error > a.error ? b : a));
  return {
    severity: directions.every(({ passed }) => passed) ? 'pass' : 'error',
    text:
      'Along a random direction, 1 and x − mean the engine’s dx is off by at most ' +
      `${formatNumber(worst.error)} (limit ${formatNumber(directionalLimit)}): it falls with the square of the step until rounding takes over.`,
    chart: sweepChart('Error of the engine’s dx by the step of the difference', directions, {
      name: 'limit',
      value: directionalLimit,
    }),
  };
}

/** @param passed whether the elements are right: of numbers printed with few digits no more can be asked */
function fileSweep(gradInput: Tensor, directions: readonly DirectionalCheck[], passed: boolean): GradientSweep {
  // The difference has an error of its own, which no gradient falls below.
  const limit = Math.max(roundoffs * precisionOf(gradInput).unit, directionalLimit);
  const floors = directions.map(({ direction, sweep }) => ({
    direction,
    floor: sweep.reduce((least, { error }) => (error < least ? error : least), Infinity),
  }));
  const worst = floors.reduce((a, b) => (b.floor > a.floor ? b : a));
  const isRight = passed || worst.floor <= limit;
  const floor = formatNumber(worst.floor);
  return {
    severity: isRight ? 'pass' : 'error',
    text: isRight
      ? `The file’s dx levels off at ${floor} or below along all three: rounding of its numbers explains that.`
      : `Along ${words[worst.direction]} the file’s dx is off by ${floor} or more at every step (limit ${formatNumber(limit)}): ` +
        'that is the gradient, and not the difference.',
    chart: sweepChart('Error of the file’s dx by the step of the difference', directions, {
      name: 'roundoff',
      value: limit,
    }),
  };
}

function sweepChart(
  title: string,
  directions: readonly DirectionalCheck[],
  limit: { name: string; value: number },
): ViewChart {
  const ascending = directions.map(({ direction, sweep }) => ({
    direction,
    sweep: sweep.toSorted((a, b) => a.step - b.step),
  }));
  return {
    title,
    x: {
      title: 'Step, in units of each row’s curvature length',
      positions: Float64Array.from(ascending[0].sweep, ({ step }) => step),
      scale: 'log',
      noun: 'Step',
    },
    y: { title: 'Relative error', scale: 'log' },
    series: ascending.map(({ direction, sweep }) => ({
      name: `along ${words[direction]}`,
      look: looks[direction],
      values: sweep.map(({ error }) => error),
    })),
    limits: [{ ...limit, look: 'fourth' }],
  };
}
