import { css } from 'lit';

/** The frame of a chart: title and legend above, reading beside the pointer. */
export const chartStyles = css`
  :host {
    min-width: 0;
  }
  .head {
    position: relative;
    margin-bottom: 4px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--vscode-descriptionForeground);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .symbol {
    width: 12px;
    height: 12px;
    stroke: currentColor;
    stroke-width: 1.5;
    fill: none;
    color: var(--ns-axis);
  }
  .symbol.before {
    color: var(--ns-before);
  }
  .symbol.after {
    color: var(--ns-after);
  }
  .symbol.third {
    color: var(--ns-third);
  }
  .symbol.fourth {
    color: var(--ns-fourth);
  }
  .symbol.nonfinite {
    color: var(--ns-nonfinite);
  }
  .symbol.mark.error {
    color: var(--ns-error);
  }
  .symbol.mark.warning {
    color: var(--ns-warning);
  }
  .symbol.mark.info {
    color: var(--ns-info);
  }
  .symbol .filled {
    fill: currentColor;
  }
  .frame {
    position: relative;
    height: 200px;
  }
  canvas {
    outline: none;
    cursor: crosshair;
  }
  .frame:has(canvas:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .reading {
    position: absolute;
    z-index: 1;
    top: 0;
    padding: 4px 8px;
    border: 1px solid var(--vscode-editorHoverWidget-border);
    border-radius: 3px;
    background: var(--vscode-editorHoverWidget-background);
    color: var(--vscode-editorHoverWidget-foreground);
    pointer-events: none;
    white-space: nowrap;
  }
  .reading dl {
    display: grid;
    grid-template-columns: auto auto;
    gap: 0 12px;
    margin: 0;
  }
  .reading dd {
    margin: 0;
    text-align: end;
  }
  button.reset {
    position: absolute;
    bottom: 0;
    right: 0;
    padding-inline-start: 8px;
    background: var(--vscode-editor-background);
  }
`;
