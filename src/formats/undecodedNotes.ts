import type { Dump } from './dump';
import { quote } from './quote';

/** Sentences on the tensors of a dump that are listed and cannot be read: one for each reason, with an example. */
export function undecodedNotes({ undecoded = [] }: Dump): string[] {
  const byReason = new Map<string, { readonly first: string; others: number }>();
  for (const { name, reason } of undecoded) {
    const group = byReason.get(reason) ?? { first: name, others: -1 };
    group.others++;
    byReason.set(reason, group);
  }
  return Array.from(byReason, ([reason, { first, others }]) => {
    const rest = others === 0 ? '' : `, and so are ${others} more`;
    return `${quote(first)} is listed and not read${rest}: ${reason}.`;
  });
}
