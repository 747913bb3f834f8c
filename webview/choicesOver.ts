import type { NormSpec } from '../src/protocol';

/** The parts of a spec that are not as in another one: what a person chose over it. */
export function choicesOver(own: NormSpec, spec: NormSpec): Partial<NormSpec> {
  const keys = Object.keys(spec) as (keyof NormSpec)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(spec[key]) !== JSON.stringify(own[key])).map((key) => [key, spec[key]]),
  );
}
