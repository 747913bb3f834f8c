import type { PageMessage, PageState } from '../src/protocol';

/** What the editor gives a page; it may be asked for once only. */
interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The editor’s end of the page; can be acquired but once. */
export const vscode = acquireVsCodeApi();
