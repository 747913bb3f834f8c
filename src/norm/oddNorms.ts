import type { NormSpec } from './normSpec';
import type { CaseNames } from './sites';

/** A norm and the convention that it follows. */
export interface SettledNorm {
  readonly names: CaseNames;
  readonly spec: NormSpec;
}

/** Fewer norms that agree say nothing of another … */
const minAgreeing = 3;
/** … and so do those that do not outnumber the others by as much. */
const majority = 2;

/**
 * The norms whose kind or weight offset is not that of most norms whose names differ from theirs in numbers alone, as one
 * "blocks.3.ln1" of twelve.
 *
 * @returns those, with kind and weight offset of the others
 */
export function oddNorms(norms: readonly SettledNorm[]): SettledNorm[] {
  return [...groupedBy(norms, ({ names }) => names.site.replace(/\d+/g, '*')).values()].flatMap((group) => {
    const alike = [...groupedBy(group, ({ spec }) => `${spec.kind} ${spec.weightOffset}`).values()];
    const most = alike.reduce((a, b) => (b.length > a.length ? b : a));
    const odd = group.filter((norm) => !most.includes(norm));
    const { kind, weightOffset } = most[0].spec;
    return most.length < Math.max(minAgreeing, majority * odd.length)
      ? []
      : odd.map(({ names, spec }) => ({ names, spec: { ...spec, kind, weightOffset } }));
  });
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  }
  return groups;
}
