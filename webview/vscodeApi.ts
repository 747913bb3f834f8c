import type { PageMessage, PageState } from '../src/protocol';

/** What the editor gives a page; it may be asked for once only. */
interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export const vscode = acquireVsCodeApi();
