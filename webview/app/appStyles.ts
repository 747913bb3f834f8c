import { css } from 'lit';

/** The layout of the page: the list of a dump beside the inspector, or above it where that is narrow. */
export const appStyles = css`
  :host {
    height: 100vh;
  }
  .narrow {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .narrow main {
    flex: 1;
    min-height: 0;
  }
  vscode-split-layout {
    height: 100%;
    border: 0;
    --separator-border: var(--ns-line);
  }
  main {
    position: relative;
    box-sizing: border-box;
    height: 100%;
    padding: 12px 16px 0;
    overflow: auto;
  }
  [slot] {
    height: 100%;
  }
  normscope-tensor-list {
    background: var(--vscode-sideBar-background);
    color: var(--vscode-sideBar-foreground);
  }
  .overviews {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0;
    padding: 4px 0;
    list-style: none;
  }
  .overviews button[aria-current] {
    color: inherit;
    font-weight: 600;
  }
  .fold {
    border-bottom: 1px solid var(--ns-line);
    background: var(--vscode-sideBar-background);
  }
  .fold > button.link {
    box-sizing: border-box;
    width: 100%;
    padding: 8px 12px;
    color: inherit;
  }
  .fold > button.link:hover {
    text-decoration: none;
  }
  .fold > button.link:focus-visible {
    outline-offset: -1px;
  }
  .fold .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fold .count {
    flex: none;
    margin-inline-start: auto;
  }
  .fold normscope-tensor-list {
    height: 45vh;
  }
`;
