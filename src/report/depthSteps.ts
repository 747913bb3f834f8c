import { l2 } from '../norm/moments';
import { byTrainingStep, trainingStepOf } from '../norm/trainingStep';
import type { StepSummary } from './depthReport';
import { isBad, kindOf, type MeasuredRef } from './depthSeries';

/**
 * The training steps that the names of tensors tell, ascending.
 *
 * @param entries in the order of the network
 * @returns       nothing unless there are two steps at least
 */
export function stepsOf(entries: readonly MeasuredRef[]): StepSummary[] {
  const steps = byTrainingStep(entries, ({ ref }) => ref.name).filter(([step]) => step >= 0);
  return steps.length < 2 ? [] : steps.map(([step, members]) => summaryOf(step, members));
}

/** The tensors of the last step and those of none, as parameters that are stored once; all of them without steps. */
export function ofLastStep(entries: readonly MeasuredRef[], steps: readonly StepSummary[]): readonly MeasuredRef[] {
  const last = steps.at(-1)?.step;
  return entries.filter(({ ref }) => last === undefined || (trainingStepOf(ref.name) ?? last) === last);
}

function summaryOf(step: number, entries: readonly MeasuredRef[]): StepSummary {
  const gradients = entries.filter(({ ref }) => kindOf(ref.name) === 'gradient');
  const activations = entries.filter(({ ref }) => kindOf(ref.name) === 'activation');
  const bad = entries.filter(isBad);
  const total = (of: (entry: MeasuredRef) => number) => bad.reduce((sum, entry) => sum + of(entry), 0);
  const squares = gradients.reduce((sum, { moments }) => sum + l2(moments) ** 2, 0);
  return {
    step,
    tensors: entries.length,
    absMax: activations.reduce((most, { moments }) => Math.max(most, moments.absMax), 0),
    gradientNorm: gradients.length > 0 ? Math.sqrt(squares) : undefined,
    nan: total(({ moments }) => moments.nan),
    inf: total(({ moments: { posInf, negInf } }) => posInf + negInf),
    firstBad: bad[0]?.ref.name,
  };
}
