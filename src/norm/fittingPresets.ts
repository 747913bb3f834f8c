import { ShapeError } from '../tensor/errors';
import { floatDtypeOf } from '../tensor/roundFloat';
import { evaluationOf } from './arithmetic/evaluations';
import { requireParameters } from './forward';
import { geometryOf } from './geometry';
import { leadingPart } from './leadingPart';
import type { NormCase } from './normCase';
import { defaultSpec, isChannelKind, type NormSpec } from './normSpec';
import { parametersOf } from './parameters';
import { presetOn, presets, type Preset } from './presets';

/** Values on which it is tried whether a preset fits. */
const fewValues = 2 ** 14;

/**
 * The presets that can be applied to a case, on the axes of its own spec: what is normalized together is a matter of the
 * data, not of the library. Those of its own kind come first.
 */
export function fittingPresets(normCase: NormCase): Preset[] {
  const { spec } = normCase;
  // What fits does not depend on how many rows there are, and the index arrays of many take time.
  const few = leadingPart({ ...normCase, spec: defaultSpec('layer_norm') }, fewValues) ?? normCase;
  const dtype = floatDtypeOf(normCase.x.dtype);
  return presets
    .map((preset) => presetOn({ ...preset, spec: placedOn(preset.spec, spec) }, dtype))
    .filter(({ spec: placed, evaluation }) => evaluationOf(evaluation, placed, dtype) && fits(placed, few))
    .toSorted((a, b) => Number(b.spec.kind === spec.kind) - Number(a.spec.kind === spec.kind));
}

function placedOn(preset: NormSpec, { kind, axes, channelAxis, numGroups }: NormSpec): NormSpec {
  return {
    ...preset,
    axes: isChannelKind(kind) ? preset.axes : axes,
    channelAxis: isChannelKind(kind) ? channelAxis : preset.channelAxis,
    numGroups: kind === 'group_norm' ? numGroups : preset.numGroups,
  };
}

function fits(spec: NormSpec, normCase: NormCase): boolean {
  try {
    requireParameters(spec, geometryOf({ ...normCase, spec }), parametersOf(normCase));
    return true;
  } catch (error) {
    if (error instanceof ShapeError) {
      return false;
    }
    throw error;
  }
}
