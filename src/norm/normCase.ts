import type { Tensor } from '../tensor/tensor';
import type { NormSpec } from './normSpec';

/** The tensors a norm may come with besides x, by their names in PyTorch's words. */
export const caseRoles = ['weight', 'bias', 'gradOutput', 'output', 'gradInput', 'gradWeight', 'gradBias'] as const;
export type CaseRole = (typeof caseRoles)[number];

/** One norm with its input and whatever else is known of it. */
export type NormCase = {
  readonly spec: NormSpec;
  readonly x: Tensor;
} & { readonly [role in CaseRole]?: Tensor };
