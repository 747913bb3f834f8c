import type { Look } from '../../src/protocol';

/** Colours and font of the charts, as the editor's theme has them now. */
export interface ChartTheme {
  readonly looks: Readonly<Record<Look, string>>;
  readonly marks: Readonly<Record<'error' | 'warning' | 'info', string>>;
  readonly nonFinite: string;
  readonly background: string;
  readonly foreground: string;
  readonly axis: string;
  readonly grid: string;
  readonly zoomFill: string;
  readonly zoomBorder: string;
  readonly font: { readonly family: string; readonly size: number };
}

/** Reads the palette of page.css through the variables that the editor gives the page. */
export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const colour = (name: string) => style.getPropertyValue(name).trim() || style.color;
  return {
    looks: {
      before: colour('--ns-before'),
      after: colour('--ns-after'),
      third: colour('--ns-third'),
      fourth: colour('--ns-fourth'),
    },
    marks: { error: colour('--ns-error'), warning: colour('--ns-warning'), info: colour('--ns-info') },
    nonFinite: colour('--ns-nonfinite'),
    background: colour('--vscode-editor-background'),
    foreground: colour('--vscode-foreground'),
    axis: colour('--ns-axis'),
    grid: colour('--ns-grid'),
    zoomFill: colour('--ns-zoom'),
    zoomBorder: colour('--vscode-focusBorder'),
    font: { family: style.fontFamily, size: Math.round(parseFloat(style.fontSize) * 0.85) },
  };
}

/**
 * Calls back whenever the editor's theme changes: it then sets the body's class and the variables on the root element.
 *
 * @returns what stops that
 */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', callback);
  };
}
