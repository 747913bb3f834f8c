import { css } from 'lit';

/** The look of the value table: numbers in the editor's font on the editor's background, heads that stay in view. */
export const tableStyles = css`
  .scroller {
    position: relative;
    overflow: auto;
    border: 1px solid var(--ns-line);
    border-radius: 2px;
    font-family: var(--vscode-editor-font-family, monospace);
    font-variant-numeric: tabular-nums;
    outline: none;
  }
  .scroller:focus-visible {
    border-color: var(--vscode-focusBorder);
  }
  .sheet {
    position: sticky;
    top: 0;
    left: 0;
    overflow: hidden;
  }
  .row {
    position: absolute;
    display: flex;
    width: 100%;
  }
  .row.head {
    z-index: 1;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--ns-line);
    box-sizing: border-box;
  }
  .name,
  .cell {
    flex: none;
    box-sizing: border-box;
    padding: 0 8px;
    overflow: hidden;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name,
  .head .cell {
    color: var(--vscode-descriptionForeground);
  }
  .name {
    border-inline-end: 1px solid var(--ns-line);
  }
  .clip {
    flex: 1;
    min-width: 0;
    overflow: hidden;
  }
  .cells {
    display: flex;
  }
  .ruler {
    position: absolute;
    visibility: hidden;
    line-height: 1.6;
  }
  .row:not(.head):hover {
    background: var(--vscode-list-hoverBackground);
  }
  .row.selected {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .row.selected .name {
    color: inherit;
    font-weight: 600;
  }
  .cell.nonfinite {
    color: var(--ns-nonfinite);
    font-weight: 600;
  }
  .scroller:focus-visible .cell.active {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
`;
