import { html, type TemplateResult } from 'lit';

/** Code points of the codicons in use. The font reaches into shadow roots; the classes of codicon.css do not. */
const codicons = {
  error: '\uea87',
  warning: '\uea6c',
  info: '\uea74',
  pass: '\ueba4',
  search: '\uea6d',
  source: '\uea94',
  expanded: '\ueab4',
  collapsed: '\ueab6',
  ascending: '\ueab7',
  descending: '\ueab4',
} as const;

/** The name of an icon that the page has. */
export type IconName = keyof typeof codicons;

/** An icon that says nothing to a screen reader: the text beside it does. Styled by `iconStyles`. */
export function icon(name: IconName): TemplateResult {
  return html`<span class="icon ${name}" aria-hidden="true">${codicons[name]}</span>`;
}
