import type { Tensor } from '../tensor/tensor';
import type { NormSpec } from './normSpec';

/** The tensors a norm may come with besides x, by their names in PyTorch's words; `alpha` is DyT's α. */
export const caseRoles = [
  'weight',
  'bias',
  'runningMean',
  'runningVar',
  'alpha',
  'gradOutput',
  'output',
  'gradInput',
  'gradWeight',
  'gradBias',
] as const;
export type CaseRole = (typeof caseRoles)[number];

/** Roles that have one number per weight; alpha has one in all, the others have the shape of x. */
export const featureRoles: ReadonlySet<string> = new Set<CaseRole>([
  'weight',
  'bias',
  'gradWeight',
  'gradBias',
  'runningMean',
  'runningVar',
]);

/** One norm with its input and whatever else is known of it. */
export type NormCase = {
  readonly spec: NormSpec;
  readonly x: Tensor;
} & { readonly [role in CaseRole]?: Tensor };
