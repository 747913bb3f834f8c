import { html, svg, type TemplateResult } from 'lit';
import { formatNumber } from '../format';
import { isLog, type ChartModel } from './chartModel';
import { pinsOf, placeOf, type Pin } from './pins';
import { markShape, pinShapes, seriesShapes, type PointShape } from './pointShapes';

const pinNames: Readonly<Record<Pin, string>> = {
  nan: 'NaN',
  posInf: '+Inf',
  negInf: '-Inf',
  zero: '0, off the log scale',
};

/** Points that stand out, by the colour they have, gravest first. */
const markNames = { error: 'stands out, an error', warning: 'stands out, a warning', info: 'stands out' } as const;

/** What the symbols of a chart mean: its series, then the symbols for single points that it really holds. */
export function legend(model: ChartModel): TemplateResult {
  const log = isLog(model);
  const pins = new Set(pinsOf(model, log));
  const [{ values }] = model.series;
  // What is pinned to the edge has the symbol of its pin, and none for standing out.
  const marked = new Set(
    Array.from(model.x.positions, (position, i) =>
      Number.isNaN(placeOf(values[i], log)) ? undefined : model.marks?.get(position),
    ),
  );
  const shown = Object.keys(pinNames) as Pin[];
  return html`<ul class="legend">
    ${model.series.length > 1 || model.series[0].stepped !== true ? model.series.map(({ name, look }) => entry(look, name, seriesShapes[look])) : ''}
    ${model.limits?.map(({ look, name, value }) => entry(look, `${name} ${formatNumber(value)}`, 'dashes'))}
    ${(Object.keys(markNames) as (keyof typeof markNames)[]).filter((look) => marked.has(look)).map((look) => entry(`mark ${look}`, markNames[look], markShape))}
    ${shown.filter((pin) => pins.has(pin)).map((pin) => entry(pin === 'zero' ? 'zero' : 'nonfinite', pinNames[pin], pinShapes[pin]))}
  </ul>`;
}

function entry(look: string, name: string, shape: PointShape | 'dashes'): TemplateResult {
  return html`<li>
    <svg class="symbol ${look}" viewBox="-6 -6 12 12" aria-hidden="true">
      ${shape === 'dashes' ? svg`<path d="M-6 0 H-1 M1 0 H6" />` : point(shape)}
    </svg>
    ${name}
  </li>`;
}

function point(shape: PointShape): TemplateResult {
  return svg`<g class=${shape.filled ? 'filled' : ''} transform="rotate(${shape.rotation ?? 0})">${outlineOf(shape)}</g>`;
}

function outlineOf({ style }: PointShape): TemplateResult {
  switch (style) {
    case 'circle':
      return svg`<circle r="4" />`;
    case 'triangle':
      return svg`<path d="M0 -4 L4 3 L-4 3 Z" />`;
    case 'rect':
      return svg`<rect x="-3.5" y="-3.5" width="7" height="7" />`;
    case 'rectRot':
      return svg`<path d="M0 -5 L5 0 L0 5 L-5 0 Z" />`;
    case 'star':
      return svg`<path d="M-4 0 H4 M0 -4 V4 M-3 -3 L3 3 M-3 3 L3 -3" />`;
    case 'crossRot':
      return svg`<path d="M-4 -4 L4 4 M-4 4 L4 -4" />`;
    default:
      return svg`<path d="M-4 0 H4" />`;
  }
}
