import type { ComparedPlace, Focus, PageState, Slice } from '../src/protocol';
import type { Cell } from './table/moveCell';

/** What a component asks of the page; the events rise through the components to the page, which acts on them. */
interface PageEvents {
  /** The person chose something. */
  'ns-update': Partial<PageState>;
  /** Show this tensor. */
  'ns-choose': string;
  /** Show this slice of the tensor that is shown; undefined for the whole. */
  'ns-slice': Slice | undefined;
  /** Select this row of the norm, and show where it stands. */
  'ns-pick-row': number;
  /** Look closely at a stretch of a chart. */
  'ns-focus': Focus;
  /** Select the row of the norm that holds this element of x, and show where the element stands. */
  'ns-pick-element': Cell;
  /** Show a place in one of two compared files or texts. */
  'ns-compared': ComparedPlace;
  /** Show the text or file behind the page. */
  'ns-source': undefined;
  /** Stop what is under way. */
  'ns-cancel': undefined;
  /** Take the statistics of all tensors. */
  'ns-scan': undefined;
  /** Stop taking them. */
  'ns-stop-scan': undefined;
  /** Try again what went wrong. */
  'ns-retry': undefined;
}

declare global {
  interface HTMLElementEventMap {
    'ns-update': CustomEvent<PageEvents['ns-update']>;
    'ns-choose': CustomEvent<PageEvents['ns-choose']>;
    'ns-slice': CustomEvent<PageEvents['ns-slice']>;
    'ns-pick-row': CustomEvent<PageEvents['ns-pick-row']>;
    'ns-focus': CustomEvent<PageEvents['ns-focus']>;
    'ns-pick-element': CustomEvent<PageEvents['ns-pick-element']>;
    'ns-compared': CustomEvent<PageEvents['ns-compared']>;
    'ns-source': CustomEvent<PageEvents['ns-source']>;
    'ns-cancel': CustomEvent<PageEvents['ns-cancel']>;
    'ns-scan': CustomEvent<PageEvents['ns-scan']>;
    'ns-stop-scan': CustomEvent<PageEvents['ns-stop-scan']>;
    'ns-retry': CustomEvent<PageEvents['ns-retry']>;
  }
}

/** Sends an event of a component up to the page. */
export function send<E extends keyof PageEvents>(from: EventTarget, name: E, detail: PageEvents[E]): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
