import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { HeatmapAxis, ViewHeatmap } from '../../src/protocol';
import { formatFull, formatNumber } from '../format';
import { namePosition } from '../geometry';
import { sharedStyles } from '../styles';
import { chartStyles } from './chartStyles';
import { onThemeChange, readChartTheme } from './chartTheme';
import { heatScale, heatStrength, parseColour } from './heatColours';

/** Rows and columns of cells. */
type Cell = readonly [down: number, across: number];

/** A matrix of magnitudes as colours, read by pointer and by arrow keys alike; the stronger, the larger. */
@customElement('normscope-heatmap')
export class Heatmap extends LitElement {
  static override readonly styles = [
    sharedStyles,
    chartStyles,
    css`
      .map {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 8px;
      }
      .map > .frame {
        height: auto;
      }
      canvas {
        display: block;
        width: 100%;
        height: 200px;
        border: 1px solid var(--ns-axis);
        image-rendering: pixelated;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
      .ends.down {
        flex-direction: column;
        text-align: end;
      }
      .ends.across {
        grid-column: 2;
      }
      .ramp {
        width: 80px;
        height: 10px;
        border: 1px solid var(--ns-axis);
        background: linear-gradient(
          to right,
          color-mix(in srgb, var(--ns-third) 15%, var(--vscode-editor-background)),
          var(--ns-third)
        );
      }
      .swatch {
        width: 10px;
        height: 10px;
        border: 1px solid var(--ns-axis);
      }
      .swatch.only {
        background: var(--ns-third);
      }
      .swatch.nan {
        background: var(--ns-nonfinite);
      }
    `,
  ];

  @property({ attribute: false }) model!: ViewHeatmap;
  /** The cell being read. */
  @state() private active?: Cell;
  @state() private spoken = '';
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  private stopThemeChange?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopThemeChange = onThemeChange(() => this.draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopThemeChange?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) {
      this.active = undefined;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('model')) {
      this.draw();
    }
  }

  protected override render() {
    const { title, down, across, name, values } = this.model;
    const { low, high } = heatScale(values);
    const lost = values.some(Number.isNaN);
    const spread = high === 0 ? 'no finite difference' : `from ${formatNumber(low)} to ${formatNumber(high)}`;
    return html`
      <div class="head">
        <h3>${title}</h3>
        <ul class="legend">
          <li>${low === high ? name : `${name}, log scale`}</li>
          <li><span class="swatch"></span>0</li>
          ${high === 0 ? nothing : scaleLegend(low, high)}
          ${lost ? html`<li><span class="swatch nan"></span>NaN or Inf in one alone</li>` : nothing}
        </ul>
      </div>
      <div class="map">
        <div class="ends down quiet" aria-hidden="true"><span>${down.noun} 0</span><span>${down.length - 1}</span></div>
        <div class="frame">
          <canvas
            tabindex="0"
            role="img"
            aria-label="${title}. ${name}: ${spread}${lost ? ', some not finite' : ''}. The arrow keys read the cells."
            @pointermove=${this.point}
            @pointerdown=${this.point}
            @pointerleave=${() => (this.active = undefined)}
            @blur=${() => (this.active = undefined)}
            @keydown=${this.key}
          ></canvas>
          ${this.active === undefined ? nothing : this.reading(this.active)}
        </div>
        <div class="ends across quiet" aria-hidden="true">
          <span>${across.noun} 0</span><span>${across.length - 1}</span>
        </div>
      </div>
      <div class="heard" aria-live="polite">${this.spoken}</div>
    `;
  }

  private reading(cell: Cell) {
    const [cells, half] = [cellsAlong(this.model.across), cellsAlong(this.model.across) / 2];
    const from = `${(100 * (cell[1] + 0.5)) / cells}%`;
    const place = cell[1] < half ? `left: calc(${from} + 12px)` : `right: calc(100% - ${from} + 12px)`;
    return html`<div class="reading" style=${place}>
      <div>${this.nameOf(cell)}</div>
      <dl>
        <dt class="quiet">${this.model.name}</dt>
        <dd class="number">${formatFull(this.numberAt(cell))}</dd>
      </dl>
    </div>`;
  }

  /** "Row 5 (1, 2), Features 16 to 31". */
  private nameOf([down, across]: Cell): string {
    return `${nameBlock(this.model.down, down)}, ${nameBlock(this.model.across, across)}`;
  }

  private numberAt([down, across]: Cell): number {
    return this.model.values[down * cellsAlong(this.model.across) + across];
  }

  /** A pixel for each cell; the page stretches the picture without smoothing it. */
  private draw(): void {
    if (!this.isConnected || !this.hasUpdated) {
      return;
    }
    const { down, across, values } = this.model;
    const [height, width] = [cellsAlong(down), cellsAlong(across)];
    const theme = readChartTheme();
    const scale = heatScale(values);
    const [strongest, nonFinite] = [parseColour(theme.looks.third), parseColour(theme.nonFinite)];
    const picture = new ImageData(width, height);
    values.forEach((value, cell) => {
      const colour = Number.isFinite(value) ? strongest : nonFinite;
      const strength = value === 0 ? 0 : Number.isFinite(value) ? heatStrength(value, scale) : 1;
      picture.data.set([...colour.slice(0, 3), colour[3] * strength], 4 * cell);
    });
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.getContext('2d')!.putImageData(picture, 0, 0);
  }

  private readonly point = ({ offsetX, offsetY }: PointerEvent): void => {
    const { clientWidth, clientHeight } = this.canvas;
    this.active = [
      nearest((offsetY / clientHeight) * cellsAlong(this.model.down), this.model.down),
      nearest((offsetX / clientWidth) * cellsAlong(this.model.across), this.model.across),
    ];
  };

  private readonly key = (event: KeyboardEvent): void => {
    const steps: Record<string, Cell> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (!Object.hasOwn(steps, event.key)) {
      return;
    }
    const [down, across] = this.active ?? [0, 0];
    const [byDown, byAcross] = this.active === undefined ? [0, 0] : steps[event.key];
    this.active = [nearest(down + byDown, this.model.down), nearest(across + byAcross, this.model.across)];
    this.spoken = `${this.nameOf(this.active)}: ${this.model.name} ${formatNumber(this.numberAt(this.active))}`;
    event.preventDefault();
  };
}

function cellsAlong({ length, block }: HeatmapAxis): number {
  return Math.ceil(length / block);
}

function nearest(cell: number, axis: HeatmapAxis): number {
  return Math.max(0, Math.min(cellsAlong(axis) - 1, Math.floor(cell)));
}

function nameBlock({ noun, length, block, shape = [] }: HeatmapAxis, cell: number): string {
  const [first, last] = [cell * block, Math.min(length, (cell + 1) * block) - 1];
  return first === last ? `${noun} ${namePosition(first, shape)}` : `${noun}s ${first} to ${last}`;
}

/** What the colours mean; a map of one value has one. */
function scaleLegend(low: number, high: number) {
  return low === high
    ? html`<li><span class="swatch only"></span>${formatNumber(high)}</li>`
    : html`<li>${formatNumber(low)}<span class="ramp"></span>${formatNumber(high)}</li>`;
}
