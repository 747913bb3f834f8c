import type { DumpView, ListSort, PageState, Tab } from '../src/protocol';
import { columns } from './list/columns';
import { restoreSpec } from './restoreSpec';
import { overviewNames, tabNames } from './words';

/** Blocks of a simulated network, at the most. */
export const maxBlocks = 48;

/** The state of a page that was never open before. */
export const firstState: PageState = {
  tab: 'rows',
  choices: {},
  after: 'normalized',
  affine: true,
  weightScale: 1,
  biasShift: 0,
  view: { scope: 'all', feature: 0, padding: 0.5 },
  dump: { simulation: { blocks: 12, init: 'xavier' } },
  filter: '',
  toggled: [],
};

/** The state that the editor kept, in parts that are sound; another version of the page may have written it. */
export function restoreState(saved: unknown): PageState {
  if (typeof saved !== 'object' || saved === null) {
    return firstState;
  }
  const {
    source,
    tensor,
    slice,
    tab,
    choices,
    after,
    affine,
    weightScale,
    biasShift,
    row,
    view,
    overview,
    dump,
    filter,
    sort,
    toggled,
  } = saved as Record<string, unknown>;
  return {
    source,
    tensor: typeof tensor === 'string' ? tensor : undefined,
    slice: Array.isArray(slice) && slice.every((index) => index === null || isIndex(index)) ? slice : undefined,
    tab: typeof tab === 'string' && Object.hasOwn(tabNames, tab) ? (tab as Tab) : firstState.tab,
    choices: restoreSpec(choices),
    after: after === 'output' ? 'output' : 'normalized',
    affine: affine !== false,
    weightScale: isNumber(weightScale) ? weightScale : firstState.weightScale,
    biasShift: isNumber(biasShift) ? biasShift : firstState.biasShift,
    row: isIndex(row) ? row : undefined,
    view: restoreView(view),
    overview:
      typeof overview === 'string' && Object.hasOwn(overviewNames, overview) ? (overview as DumpView) : undefined,
    dump: restoreDump(dump),
    filter: typeof filter === 'string' ? filter : '',
    sort: restoreSort(sort),
    toggled: Array.isArray(toggled) ? toggled.filter((key) => typeof key === 'string') : [],
  };
}

function restoreDump(saved: unknown): PageState['dump'] {
  const { detail, simulation } = (saved ?? {}) as Record<string, unknown>;
  const { blocks, init } = (simulation ?? {}) as Record<string, unknown>;
  const { simulation: first } = firstState.dump;
  return {
    detail: typeof detail === 'string' ? detail : undefined,
    simulation: {
      blocks: isIndex(blocks) && blocks >= 1 && blocks <= maxBlocks ? blocks : first.blocks,
      init: init === 'scaled' || init === 'zero' ? init : first.init,
    },
  };
}

function restoreView(saved: unknown): PageState['view'] {
  const { scope, feature, padding, preset } = (saved ?? {}) as Record<string, unknown>;
  return {
    scope: scope === 'row' || scope === 'feature' ? scope : firstState.view.scope,
    feature: isIndex(feature) ? feature : firstState.view.feature,
    padding: isNumber(padding) && padding >= 0 && padding < 1 ? padding : firstState.view.padding,
    preset: typeof preset === 'string' ? preset : undefined,
  };
}

function restoreSort(saved: unknown): ListSort | undefined {
  const { column, descending } = (saved ?? {}) as Record<string, unknown>;
  const known = column === 'name' || (typeof column === 'string' && Object.hasOwn(columns, column));
  return known ? { column: column as ListSort['column'], descending: descending === true } : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
