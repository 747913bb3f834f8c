import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type Point,
} from 'chart.js';
import annotationPlugin from 'chartjs-plugin-annotation';
import zoomPlugin from 'chartjs-plugin-zoom';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { send } from '../events';
import { formatFull } from '../format';
import { linkStyles, sharedStyles } from '../styles';
import { chartConfig } from './chartConfig';
import type { ChartModel } from './chartModel';
import { chartStyles } from './chartStyles';
import { onThemeChange, readChartTheme } from './chartTheme';
import { legend } from './legend';
import { readoutAt, speak, summarize } from './readout';

Chart.register(
  LineController,
  LineElement,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Filler,
  annotationPlugin,
  zoomPlugin,
);

/** Pointer travel in pixels up to which a press is a click and no drag. */
const clickTravel = 4;
/** Pixels between a point and what is read of it. */
const readingDistance = 12;

/**
 * A chart that is read by pointer and by keys alike: left and right walk over the points, Enter selects, Escape resets
 * the zoom that dragging set. Where only some of the points are drawn, a zoom asks the page for more of the stretch.
 *
 * @fires pick with the position that was clicked or chosen with Enter
 */
@customElement('normscope-chart')
export class NormscopeChart extends LitElement {
  static override readonly styles = [sharedStyles, linkStyles, chartStyles];

  @property({ attribute: false }) model!: ChartModel;

  /** Index in the model of the point being read. */
  @state() private active?: number;
  @state() private spoken = '';
  @state() private zoomed = false;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('.reading') private readonly readingBox!: HTMLElement | null;
  private chart?: Chart<'line', Point[]>;
  private stopThemeChange?: () => void;
  /** First and last position that the chart was made for. */
  private extent = '';
  /** What the model shows in words and symbols; kept, since the pointer renders anew with every move. */
  private summary = '';
  private legend?: TemplateResult;
  private pressedAt = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopThemeChange = onThemeChange(() => this.draw());
    // Comes back with its old model if the page moves it.
    this.requestUpdate('model');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopThemeChange?.();
    this.chart?.destroy();
    this.chart = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) {
      this.summary = summarize(this.model);
      this.legend = legend(this.model);
    }
    const before = changed.get('model')?.x.positions;
    if (before && this.active !== undefined && before[this.active] !== this.model.x.positions[this.active]) {
      this.active = undefined;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('model')) {
      this.draw();
    }
    this.placeReading();
  }

  protected override render() {
    const { positions, thinned } = this.model.x;
    return html`
      <div class="head">
        <h3>${this.model.title}</h3>
        ${this.legend}
        ${
          thinned
            ? html`<span class="quiet" title="The extremes are among them. Drag over a stretch to see more of it."
                >${positions.length} of ${thinned.count} drawn</span
              >`
            : nothing
        }
        ${this.zoomed ? html`<button class="link reset" @click=${this.resetZoom}>Reset zoom</button>` : nothing}
      </div>
      <div class="frame">
        <canvas
          tabindex="0"
          role="img"
          aria-label="${this.summary} Left and right arrow read the points, Enter selects one."
          @pointermove=${this.point}
          @pointerleave=${() => this.read(undefined)}
          @pointerdown=${(event: PointerEvent) => (this.pressedAt = event.offsetX)}
          @click=${this.clicked}
          @dblclick=${this.resetZoom}
          @keydown=${this.key}
          @blur=${() => this.read(undefined)}
        ></canvas>
        ${this.active === undefined ? nothing : this.reading(this.active)}
      </div>
      <div class="heard" aria-live="polite">${this.spoken}</div>
    `;
  }

  private reading(active: number) {
    const { title, lines } = readoutAt(this.model, active);
    return html`<div class="reading">
      <div>${title}</div>
      <dl>
        ${lines.map(
          ({ name, value }) =>
            html`<dt class="quiet">${name}</dt>
              <dd class="number">${formatFull(value)}</dd>`,
        )}
      </dl>
    </div>`;
  }

  /** Puts the reading on that side of its point where there is more room, within the frame. */
  private placeReading(): void {
    if (this.chart === undefined || this.active === undefined || this.readingBox === null) {
      return;
    }
    const { scales, width } = this.chart;
    const x = scales.x.getPixelForValue(this.model.x.positions[this.active]);
    const box = this.readingBox.offsetWidth;
    const left = x < width / 2 ? x + readingDistance : x - readingDistance - box;
    this.readingBox.style.left = `${Math.max(0, Math.min(left, width - box))}px`;
  }

  private draw(): void {
    if (!this.isConnected || !this.hasUpdated) {
      return;
    }
    const { data, options } = chartConfig(this.model, readChartTheme());
    options!.plugins!.zoom!.zoom!.onZoomComplete = ({ chart }) => {
      this.zoomed = chart.isZoomedOrPanned();
      this.read(undefined);
      this.askForMore();
    };
    const { positions } = this.model.x;
    const extent = `${positions[0]} ${positions[positions.length - 1]}`;
    if (this.chart === undefined || extent !== this.extent) {
      this.chart?.destroy();
      this.chart = new Chart(this.canvas, { type: 'line', data, options });
      this.extent = extent;
      this.zoomed = false;
      return;
    }
    const { min, max } = this.chart.scales.x;
    this.chart.data = data;
    this.chart.options = options!;
    this.chart.update('none');
    if (this.zoomed) {
      this.chart.zoomScale('x', { min, max }, 'none');
    }
  }

  /** Reads the point at an index of the model, or none. */
  private read(index: number | undefined): void {
    if (index === this.active || this.chart === undefined) {
      return;
    }
    this.active = index;
    const sets =
      index === undefined ? [] : this.chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index }));
    this.chart.setActiveElements(sets.filter(({ datasetIndex, index }) => this.isDrawn(datasetIndex, index)));
    this.chart.render();
  }

  private isDrawn(datasetIndex: number, index: number): boolean {
    return !Number.isNaN(this.chart!.data.datasets[datasetIndex].data[index].y);
  }

  private readonly point = (event: MouseEvent): void => {
    if (event.buttons !== 0) {
      // What is read would cover what the person drags over.
      this.read(undefined);
      return;
    }
    const nearest = this.chart?.getElementsAtEventForMode(event, 'nearest', { axis: 'x', intersect: false }, false);
    this.read(nearest?.[0]?.index);
  };

  private readonly clicked = (event: MouseEvent): void => {
    if (Math.abs(event.offsetX - this.pressedAt) <= clickTravel) {
      // A finger touches without moving there first.
      this.point(event);
      this.pick();
    }
  };

  private readonly key = (event: KeyboardEvent): void => {
    const last = this.model.x.positions.length - 1;
    const steps: Record<string, number> = {
      ArrowRight: this.active === undefined ? 0 : Math.min(last, this.active + 1),
      ArrowLeft: this.active === undefined ? last : Math.max(0, this.active - 1),
      Home: 0,
      End: last,
    };
    if (Object.hasOwn(steps, event.key)) {
      this.read(steps[event.key]);
      this.spoken = speak(readoutAt(this.model, steps[event.key]));
    } else if (event.key === 'Enter') {
      this.pick();
    } else if (event.key === 'Escape' && this.zoomed) {
      this.resetZoom();
    } else {
      return;
    }
    event.preventDefault();
  };

  private pick(): void {
    if (this.active !== undefined) {
      this.dispatchEvent(new CustomEvent('pick', { detail: this.model.x.positions[this.active] }));
    }
  }

  private readonly resetZoom = (): void => {
    this.chart?.resetZoom('none');
    this.zoomed = false;
  };

  private askForMore(): void {
    const { thinned } = this.model.x;
    if (thinned && this.zoomed) {
      const { min, max } = this.chart!.scales.x;
      send(this, 'ns-focus', { of: thinned.of, start: Math.ceil(min), end: Math.floor(max) + 1 });
    }
  }
}
