import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Keeps a component's width at hand and renders it anew when that crosses one of the given widths. */
export class WidthOf implements ReactiveController {
  /** CSS pixels. */
  width = Infinity;
  private readonly observer = new ResizeObserver(([entry]) => this.take(entry.contentRect.width));

  /** @param steps widths that the component looks different from on */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly steps: readonly number[],
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }

  private take(width: number): void {
    const crosses = this.steps.some((step) => this.width < step !== width < step);
    this.width = width;
    if (crosses) {
      this.host.requestUpdate();
    }
  }
}
