import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icon';
import type { Scanned } from '../scan';
import { columns, nonfiniteCell, type Cell, type ColumnId, type Nonfinite } from './columns';
import type { ListRow } from './listRows';

/** What a line shows beside what it stands for. */
export interface LineLook {
  readonly index: number;
  /** Pixels from the start of the view. */
  readonly top: number;
  readonly shown: readonly ColumnId[];
  readonly active: boolean;
  readonly selected: boolean;
  readonly scanned?: Scanned;
  /** Of all tensors below the line. */
  readonly nonfinite?: Nonfinite;
}

/** One line of the list. */
export function listLine(
  row: ListRow,
  look: LineLook,
  act: () => void,
  toggle: (event: Event) => void,
): TemplateResult {
  const { tensor, expanded } = row;
  return html`<div
    class="line ${look.active ? 'active' : ''} ${look.selected ? 'selected' : ''} ${row.level === 1 ? 'section' : ''}"
    id="line-${look.index}"
    role="row"
    aria-rowindex=${look.index + 2}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.count}
    aria-expanded=${expanded ?? nothing}
    aria-selected=${tensor ? look.selected : nothing}
    .style=${`top: ${look.top}px`}
    @click=${act}
  >
    <div
      class="cell name"
      role="gridcell"
      title=${[row.title, row.description].filter(Boolean).join(' · ')}
      aria-label=${[row.label, row.description].filter(Boolean).join(' ')}
      .style=${`padding-inline-start: ${8 * row.level}px`}
    >
      <span class="twistie" @click=${toggle}>
        ${expanded === undefined ? nothing : icon(expanded ? 'expanded' : 'collapsed')}
      </span>
      <span class="label">${label(row.label)}</span>
      ${row.description ? html`<span class="description">${row.description}</span>` : nothing}
    </div>
    ${(row.level === 1 ? [] : look.shown).map(
      (id) =>
        html`<div class="cell ${id}" role="gridcell" .style=${`width: ${columns[id].width}px`}>
          ${content(id, row, look)}
        </div>`,
    )}
  </div>`;
}

/** The end of a name, which tells neighbours apart, is the last to be cut. */
function label(name: string): TemplateResult {
  const dot = name.lastIndexOf('.');
  return dot > 0
    ? html`<span class="stem">${name.slice(0, dot)}</span><span class="tail">${name.slice(dot)}</span>`
    : html`<span class="stem">${name}</span>`;
}

function content(id: ColumnId, { tensor, node }: ListRow, { scanned, nonfinite }: LineLook) {
  if (id === 'nonfinite' && node !== undefined && node.children.length > 0) {
    return text(nonfinite && nonfiniteCell(nonfinite));
  }
  if (tensor === undefined) {
    return nothing;
  }
  if (scanned !== undefined && 'problem' in scanned) {
    return id === 'nonfinite' ? html`<span class="problem" title=${scanned.problem.message}>unread</span>` : nothing;
  }
  return text(columns[id].cell(tensor, scanned?.stats));
}

function text(cell: Cell | undefined) {
  return cell === undefined ? nothing : html`<span title=${cell.full}>${cell.text}</span>`;
}
