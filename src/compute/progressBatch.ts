import type { ProgressEvent } from '../protocol';

/** Time between two messages of progress, in milliseconds: often enough to look alive, seldom enough for 10,000 tensors. */
const pause = 100;

/** Gathers the events of one request, so that the page gets few messages with many of them. */
export class ProgressBatch {
  private events: ProgressEvent[] = [];
  private timer?: NodeJS.Timeout;

  constructor(private readonly post: (events: readonly ProgressEvent[]) => void) {}

  /** Takes an event; of several in a row that only say how far things are, the last is kept. */
  add(event: ProgressEvent): void {
    if (event.type === 'scanProgress' && this.events.at(-1)?.type === 'scanProgress') {
      this.events.pop();
    }
    this.events.push(event);
    this.timer ??= setTimeout(() => this.flush(), pause);
  }

  /** Hands over what was gathered since the last time. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length > 0) {
      this.post(this.events);
      this.events = [];
    }
  }
}
