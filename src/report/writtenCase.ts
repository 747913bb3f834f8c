import type { NormCase } from '../norm/normCase';
import { ShapeError } from '../tensor/errors';
import { copyAs, type CopyFormat } from './copyAs';
import { torchSnippet } from './torchSnippet';

/** The texts that a case can be copied as: its x alone, or a script that makes the whole. */
export type CaseFormat = CopyFormat | 'script';

/**
 * A case as text.
 *
 * @throws LimitError if x is too large to be copied as text; ShapeError if it is complex, or there is no script of its norm
 */
export function writtenCase(normCase: NormCase, format: CaseFormat): string {
  const text = format === 'script' ? torchSnippet(normCase) : copyAs(normCase.x, format);
  if (text === undefined) {
    throw new ShapeError('There is no PyTorch script of an RMSNorm whose statistics are of a part of each row.');
  }
  return text;
}
