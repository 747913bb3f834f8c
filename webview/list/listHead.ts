import { html, type TemplateResult } from 'lit';
import type { ListColumn, ListSort } from '../../src/protocol';
import { icon } from '../icon';
import { columns, type ColumnId } from './columns';

/** The titles of the columns; a click sorts by one. */
export function listHead(
  shown: readonly ColumnId[],
  sort: ListSort | undefined,
  choose: (sort: ListSort | undefined) => void,
): TemplateResult {
  const head = (column: ListColumn, title: string, about: string, width = '') => {
    const sorted = sort?.column === column ? sort : undefined;
    const order = sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending';
    return html`<div class="cell ${column}" role="columnheader" aria-sort=${order} title=${about} .style=${width}>
      <button class="link" @click=${() => choose(nextSort(column, sorted))}>
        ${title}${sorted && icon(sorted.descending ? 'descending' : 'ascending')}
      </button>
    </div>`;
  };
  return html`<div class="titles" role="row" aria-rowindex="1">
    ${head('name', 'Name', 'Names; sorted, numbers in them count as numbers')}
    ${shown.map((id) => head(id, columns[id].title, columns[id].about, `width: ${columns[id].width}px`))}
  </div>`;
}

/** What a click on a title does: sorts, then the other way round, then as in the file. Numbers begin with the largest. */
function nextSort(column: ListColumn, sort: ListSort | undefined): ListSort | undefined {
  const descendingFirst = column !== 'name' && column !== 'dtype';
  if (sort?.column !== column) {
    return { column, descending: descendingFirst };
  }
  return sort.descending === descendingFirst ? { column, descending: !descendingFirst } : undefined;
}
