import { css } from 'lit';

/** What the views share: a column of parts, charts side by side where there is room. */
export const viewStyles = css`
  :host,
  .results {
    display: flex;
    flex-direction: column;
    gap: 24px;
  }
  :host {
    padding: 16px 0 24px;
  }
  /* What is waited for is said over the results, never over the controls. */
  .answer {
    position: relative;
  }
  .results {
    container-type: inline-size;
  }
  /* Columns may be narrower than the pictures in them, which follow once the room has shrunk. */
  .charts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
  }
  /* Charts side by side start at the same height, however many lines their titles take. */
  .charts > normscope-chart {
    display: grid;
    grid-row: span 2;
    grid-template-rows: subgrid;
    grid-template-columns: minmax(0, 1fr);
    row-gap: 0;
  }
  /* As many charts side by side as leave each its room, four as two pairs; an odd one out takes the whole line. */
  @container (640px <= width) {
    .charts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (640px <= width < 960px) {
    .charts > :last-child:nth-child(odd) {
      grid-column: 1 / -1;
    }
  }
  @container (960px <= width) {
    .charts:has(> :nth-child(3)):not(:has(> :nth-child(4):last-child)) {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  .charts > :only-child {
    grid-column: 1 / -1;
  }
  .notes > p + p {
    margin-top: 4px;
  }
  section > h3 {
    margin-bottom: 8px;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 24px;
  }
`;
