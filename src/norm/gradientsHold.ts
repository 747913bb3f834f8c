import { fileGradients } from './fileGradients';
import type { NormCase } from './normCase';

/**
 * True if a case brings gradients and all of them are those of its convention: they then tell the convention, whatever
 * the output is.
 *
 * @throws ShapeError if the tensors do not fit together
 */
export function gradientsHold(normCase: NormCase): boolean {
  const gradients = fileGradients(normCase);
  return gradients.length > 0 && gradients.every(({ passed }) => passed);
}
