import { css } from 'lit';

/** The look of the tensor list: as the editor's own trees, with columns beside the names. */
export const tensorListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    height: 100%;
  }
  .head {
    padding: 12px 12px 8px;
  }
  h2 {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  vscode-textfield {
    width: 100%;
    margin-top: 8px;
  }
  .scroller {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    outline: none;
  }
  .sheet {
    position: sticky;
    top: 0;
    overflow: hidden;
  }
  .titles,
  .line {
    display: flex;
    box-sizing: border-box;
    width: 100%;
    height: 22px;
    line-height: 22px;
  }
  .titles {
    position: relative;
    z-index: 1;
    border-bottom: 1px solid var(--ns-line);
    background: var(--vscode-sideBar-background);
  }
  .titles button.link {
    gap: 2px;
    max-width: 100%;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
    line-height: 20px;
  }
  .titles .icon {
    font-size: 12px;
  }
  .titles .name {
    padding-inline-start: 12px;
  }
  .line {
    position: absolute;
    cursor: pointer;
  }
  .lines {
    position: absolute;
    inset: 22px 0 0;
    overflow: hidden;
  }
  .line:hover {
    background: var(--vscode-list-hoverBackground);
    color: var(--vscode-list-hoverForeground);
  }
  .cell {
    box-sizing: border-box;
    flex: none;
    overflow: hidden;
    padding-inline: 4px 8px;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line .cell {
    font-variant-numeric: tabular-nums;
  }
  .titles .cell {
    display: flex;
    justify-content: flex-end;
  }
  .cell.name,
  .cell.shape,
  .cell.dtype {
    justify-content: flex-start;
    text-align: start;
  }
  .cell.name {
    display: flex;
    flex: 1;
    min-width: 0;
  }
  .twistie {
    flex: none;
    width: 16px;
    margin-inline-end: 4px;
  }
  .twistie .icon {
    line-height: 22px;
  }
  .label {
    display: flex;
    flex: none;
    max-width: calc(100% - 20px);
  }
  .stem {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tail {
    flex: none;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .description {
    overflow: hidden;
    margin-inline-start: 8px;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
    text-overflow: ellipsis;
  }
  .section .label {
    font-weight: 600;
  }
  .line .nonfinite {
    color: var(--ns-nonfinite);
  }
  .problem {
    color: var(--ns-error);
  }
  .line.selected {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .scroller:focus-visible .line.selected {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground);
  }
  .selected .description {
    color: inherit;
  }
  .scroller:focus-visible .active {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
`;
