import { precisionOf } from '../precision';
import { leadingPart } from '../leadingPart';
import type { NormCase } from '../normCase';
import { isChannelKind, type NormSpec } from '../normSpec';
import { parametersOf } from '../parameters';
import { rowExtent } from '../geometry';
import { biasUsesOf, divisorsOf, epsPlaces, layerKinds, mistakenAxes, usualEps, weightOffsetsOf } from './alternatives';
import { OutputTrial, type OutputFit } from './outputTrial';
import { hopelessScore } from './roundingNoise';
import { resolveAxes } from '../../tensor/shape';

/** A convention that parts from a stated one in one point. */
export interface SingleChange {
  readonly change: 'divisor' | 'epsPlace' | 'eps' | 'kind' | 'weightOffset' | 'bias' | 'axes';
  readonly spec: NormSpec;
  /** False if the bias is left out. */
  readonly biasApplied: boolean;
}

/** Values of the first rows, which a change must come near to before it is held against all. */
const fewValues = 2 ** 15;
/** A change must explain y by this much better than the stated convention; the next best one by chance does not. */
const clearly = 1.5;

/**
 * The change of one point in the convention of a case that explains its output: how y is made if a port gets one thing wrong.
 *
 * @param stated how near the convention itself comes
 * @returns      the one that comes nearest; undefined where none explains y, or the convention itself does
 */
export function explainingChange(normCase: NormCase, stated: OutputFit): SingleChange | undefined {
  if (stated.explained) {
    return undefined;
  }
  const trial = new OutputTrial(normCase);
  const part = leadingPart(normCase, fewValues);
  const first = part && part !== normCase ? new OutputTrial(part) : undefined;
  const limit = hopelessScore(precisionOf(normCase.output!));
  const isPromising = (change: SingleChange) =>
    first === undefined || change.change === 'axes' || first.fit(change).score <= limit;
  const explaining = singleChanges(normCase)
    .filter(isPromising)
    .map((change) => ({ change, fit: trial.fit(change) }))
    // A convention that makes NaN of what can be compared explains nothing.
    .filter(({ fit }) => fit.explained && fit.compared === stated.compared && clearly * fit.score < stated.score);
  return explaining.toSorted((a, b) => a.fit.score - b.fit.score)[0]?.change;
}

function singleChanges(normCase: NormCase): SingleChange[] {
  const { spec, x, weight, bias } = normCase;
  const { kind } = spec;
  const { cols } = rowExtent(spec, x.shape);
  const changed = <Key extends keyof NormSpec & SingleChange['change']>(
    change: Key,
    values: readonly NormSpec[Key][],
  ) =>
    values
      .filter((value) => String(value) !== String(spec[change]))
      .map((value): SingleChange => ({ change, spec: { ...spec, [change]: value }, biasApplied: true }));
  const own = resolveAxes(spec.axes, x.shape.length).join();
  const axes = isChannelKind(kind)
    ? []
    : mistakenAxes(x.shape.length).filter((other) => resolveAxes(other, x.shape.length).join() !== own);
  return [
    ...changed('divisor', divisorsOf(spec, cols, parametersOf(normCase))),
    ...changed('epsPlace', epsPlaces),
    ...changed('eps', usualEps),
    ...changed('kind', layerKinds.some((layer) => layer === kind) ? layerKinds : []),
    ...changed('weightOffset', weightOffsetsOf(weight)),
    ...biasUsesOf(bias).flatMap((biasApplied): SingleChange[] =>
      biasApplied ? [] : [{ change: 'bias', spec, biasApplied }],
    ),
    ...changed('axes', axes),
  ];
}
