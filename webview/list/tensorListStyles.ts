import { css } from 'lit';

/** The look of the tensor list: as the editor's own lists and trees, with two lines an item. */
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
  .line {
    position: absolute;
    display: flex;
    box-sizing: border-box;
    width: 100%;
    height: 40px;
    padding: 0 12px;
    cursor: pointer;
  }
  .line:hover {
    background: var(--vscode-list-hoverBackground);
    color: var(--vscode-list-hoverForeground);
  }
  .group {
    align-items: center;
    gap: 4px;
    padding-inline-start: 8px;
    font-weight: 600;
  }
  .item {
    flex-direction: column;
    justify-content: center;
    padding-inline-start: 28px;
    line-height: 1.3;
  }
  .name {
    display: flex;
    white-space: nowrap;
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
  .detail {
    overflow: hidden;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
    text-overflow: ellipsis;
    white-space: nowrap;
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
  .selected .detail {
    color: inherit;
  }
  .scroller:focus-visible .active {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
`;
