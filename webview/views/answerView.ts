import { html, type TemplateResult } from 'lit';
import '../app/busyLine';
import '../app/problemNotice';
import type { Method, Result } from '../../src/protocol';
import type { Answer } from '../resource';

/**
 * A view of an answer in whatever state it is: the results, dimmed while newer ones are computed; what went wrong, with
 * a button to try again; or what is being waited for.
 *
 * @param doing "Checking the gradients …"
 */
export function answerView<M extends Method>(
  { value, problem, pending, progress }: Answer<M>,
  doing: string,
  results: (value: Result<M>) => TemplateResult,
): TemplateResult {
  if (problem !== undefined && !pending) {
    return html`<normscope-problem
      .problem=${problem}
      .action=${{ label: 'Try Again', event: 'ns-retry' }}
    ></normscope-problem>`;
  }
  return html`<div class="answer">
    ${pending ? html`<normscope-busy .what=${doing} .canCancel=${true} .progress=${progress}></normscope-busy>` : ''}
    ${
      value === undefined
        ? ''
        : html`<div class="results ${pending ? 'stale' : ''}" aria-busy=${pending}>${results(value)}</div>`
    }
  </div>`;
}
