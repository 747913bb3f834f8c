import { OutputTrial, type OutputFit } from '../../norm/identify/outputTrial';
import type { NormCase } from '../../norm/normCase';
import { toFloat64 } from '../../tensor/tensor';
import { deviation } from './deviation';
import type { Finding } from './finding';
import type { NormSite } from './normSite';

/** Whether y is x̂ times 2 + weight, as where a loader adds 1 to weights that their norm adds 1 to as well. */
export function isOffsetTwice(normCase: NormCase): boolean {
  const { weight, spec } = normCase;
  if (weight === undefined) {
    return false;
  }
  const values = toFloat64(weight).map((value) => value + 1);
  const moved = {
    ...normCase,
    weight: { ...weight, dtype: 'float64', values },
    spec: { ...spec, weightOffset: 1 },
  } as const;
  return new OutputTrial(moved).fit(moved).explained;
}

/** An output that is scaled by 2 + weight. */
export function offsetTwice(site: NormSite, stated: OutputFit): Finding {
  const { names, guessed } = site;
  return {
    severity: guessed ? 'warning' : 'error',
    code: 'weight-offset',
    tensor: names.tensors.output!,
    where: {},
    message: `${deviation(site, stated)}, and equals it scaled by 2 + weight: the 1 is added twice.`,
    advice:
      'Weights that are stored as offsets from one get their 1 where they are loaded, or in the norm, not in both.',
  };
}
