import { css } from 'lit';

/** Headline numbers in a line that breaks: each with its name above, and what it is held against below. */
export const factStyles = css`
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 24px;
    margin: 0;
  }
  dd {
    margin: 0;
  }
  dd.number {
    font-size: 1.1em;
  }
`;
