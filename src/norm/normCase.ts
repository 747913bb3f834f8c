import type { Tensor } from '../tensor/tensor';
import type { NormSpec } from './normSpec';

/**
 * The tensors a norm may come with besides x, by their names in PyTorch's words; `alpha` is DyT's α, `numBatchesTracked` how many
 * batches the running statistics are of.
 */
export const caseRoles = [
  'weight',
  'bias',
  'runningMean',
  'runningVar',
  'numBatchesTracked',
  'alpha',
  'gradOutput',
  'output',
  'gradInput',
  'gradWeight',
  'gradBias',
  'gradAlpha',
] as const;
/** What can come with x in a case. */
export type CaseRole = (typeof caseRoles)[number];

/** Roles that have one number per weight; `scalarRoles` have one in all, the others have the shape of x. */
export const featureRoles: ReadonlySet<string> = new Set<CaseRole>([
  'weight',
  'bias',
  'gradWeight',
  'gradBias',
  'runningMean',
  'runningVar',
]);

/** Roles of a single number. */
export const scalarRoles: ReadonlySet<string> = new Set<CaseRole>(['alpha', 'gradAlpha', 'numBatchesTracked']);

/** Roles that are sums over all rows: they cannot be held against a part of them. */
export const summedRoles: ReadonlySet<string> = new Set<CaseRole>(['gradWeight', 'gradBias', 'gradAlpha']);

/** One norm with its input and whatever else is known of it. */
export type NormCase = {
  readonly spec: NormSpec;
  readonly x: Tensor;
} & { readonly [role in CaseRole]?: Tensor };
