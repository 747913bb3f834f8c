import { css } from 'lit';

/** Tables of a few rows that are read, not browsed: lines between rows, texts left, numbers right. */
export const plainTableStyles = css`
  .scroller {
    overflow-x: auto;
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
    color: var(--vscode-descriptionForeground);
    font-weight: normal;
    vertical-align: bottom;
  }
  .right {
    text-align: end;
  }
`;
