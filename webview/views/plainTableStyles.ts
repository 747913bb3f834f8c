import { css } from 'lit';

/** Tables of a few rows that are read, not browsed: lines between rows, texts left, numbers right. */
export const plainTableStyles = css`
  /* A long table scrolls by itself, so that its head stays in sight. */
  .scroller {
    max-height: 80vh;
    overflow: auto;
  }
  table {
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 12px 4px 0;
    border-bottom: 1px solid var(--ns-line);
    text-align: start;
    white-space: nowrap;
  }
  tr > :last-child {
    padding-inline-end: 0;
  }
  thead th {
    position: sticky;
    z-index: 1;
    top: 0;
    border-bottom: none;
    background: var(--vscode-editor-background);
    /* A collapsed border would scroll away from under the head. */
    box-shadow: inset 0 -1px var(--ns-line);
    color: var(--vscode-descriptionForeground);
    font-weight: normal;
    vertical-align: bottom;
  }
  .right {
    text-align: end;
  }
`;
