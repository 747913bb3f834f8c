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
    padding: 4px 16px 4px 0;
    border-bottom: 1px solid var(--ns-line);
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    color: var(--vscode-descriptionForeground);
    font-weight: normal;
  }
  .right {
    text-align: end;
  }
`;
