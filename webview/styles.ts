import { css } from 'lit';

/** What every component shares: headings, quiet text, numbers, and words for screen readers only. */
export const sharedStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  h2,
  h3 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  p {
    margin: 0;
  }
  .quiet {
    color: var(--vscode-descriptionForeground);
  }
  .number {
    font-family: var(--vscode-editor-font-family, monospace);
    font-variant-numeric: tabular-nums;
  }
  .heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    font:
      normal 16px/1 codicon,
      monospace;
    flex: none;
  }
  .icon.error {
    color: var(--ns-error);
  }
  .icon.warning {
    color: var(--ns-warning);
  }
  .icon.info {
    color: var(--ns-info);
  }
  .icon.pass {
    color: var(--ns-pass);
  }
  /* Old results are dimmed while new ones are computed, unless those come within 100 ms. */
  .results {
    transition: opacity 0s;
  }
  .results.stale {
    opacity: 0.5;
    transition-delay: 100ms;
  }
`;

/** Buttons that read as part of a line of text. */
export const linkStyles = css`
  button.link {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    border: 0;
    padding: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  button.link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  button.link:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
`;

/** Components that show their state by a background, which forced colours take away: page.css gives them the system's. */
export const forcedStyles = css`
  @media (forced-colors: active) {
    vscode-tab-header,
    vscode-radio {
      forced-color-adjust: none;
    }
  }
`;
