import type { NormSpec } from './normSpec';
import { statedSpec } from './statedSpec';

/** What a file states of a site. */
export interface StatedNorm {
  /** As the file writes it; may be of a kind that Normscope does not know. */
  readonly op: string;
  /** The parts of the convention that it states. */
  readonly spec: Partial<NormSpec>;
}

/**
 * The norms that a dump's metadata states under `norms`, JSON: site → {op, eps, num_groups, …}.
 *
 * Nothing is thrown for JSON that is broken or says something else: such entries are passed over, since the dump's tensors
 * can be read all the same.
 */
export function statedNorms(metadata: Readonly<Record<string, string>>): Map<string, StatedNorm> {
  const stated = new Map<string, StatedNorm>();
  let norms: unknown;
  try {
    norms = JSON.parse(Object.hasOwn(metadata, 'norms') ? metadata.norms : '{}');
  } catch {
    return stated;
  }
  if (typeof norms !== 'object' || norms === null) {
    return stated;
  }
  for (const [site, norm] of Object.entries(norms as Record<string, unknown>)) {
    if (typeof norm !== 'object' || norm === null || !('op' in norm) || typeof norm.op !== 'string') {
      continue;
    }
    stated.set(site, { op: norm.op, spec: statedSpec(norm) });
  }
  return stated;
}
