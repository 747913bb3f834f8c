import type { HostMessage, Method, PageMessage, Params, Result, ProgressEvent } from '../../../src/protocol';
import { Inspector, type InspectorSource } from '../../../src/report/inspector';
import { Host } from '../../../webview/host';

/** The page's end of the line joined to a real inspector in the same process, with its answers held back at will. */
export class InspectorLink {
  readonly sent: PageMessage[] = [];
  readonly host = new Host((message) => this.take(message));
  readonly inspector: Inspector;
  private readonly underWay = new Set<Promise<void>>();
  /** Answers that wait for `release`, while holding back is on. */
  private held: HostMessage[] | undefined;

  constructor(source: InspectorSource) {
    this.inspector = new Inspector(source);
  }

  /** Keeps answers back from now on. */
  hold(): void {
    this.held = [];
  }

  /** How many answers wait. */
  get waiting(): number {
    return this.held?.length ?? 0;
  }

  /** Hands over what waits, and holds nothing back any more. */
  release(): void {
    const { held = [] } = this;
    this.held = undefined;
    held.forEach((message) => this.host.receive(message));
  }

  /** Resolves when every request has its answer, also those that the page made of the answers. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.underWay);
      await new Promise(setImmediate); // The page's own continuations come first.
    } while (this.underWay.size > 0);
  }

  /** Parameters of all requests of a method, in order. */
  asked<M extends Method>(method: M): Params<M>[] {
    return this.sent.flatMap((message) =>
      message.type === 'request' && message.method === method ? [message.params as Params<M>] : [],
    );
  }

  private take(message: PageMessage): void {
    const received = this.receive(message).finally(() => this.underWay.delete(received));
    this.underWay.add(received);
  }

  private async receive(message: PageMessage): Promise<void> {
    this.sent.push(message);
    if (message.type === 'request') {
      const { id, method, params } = message;
      const { signal } = new AbortController();
      const tell = (event: ProgressEvent) => this.deliver({ type: 'progress', id, events: [event] });
      const reply: HostMessage = await this.inspector.handle(method, params, signal, tell).then(
        (ok: Result<Method>) => ({ type: 'reply', id, ok }),
        (error: Error) => ({ type: 'reply', id, err: { message: error.message } }),
      );
      this.deliver(reply);
    }
  }

  private deliver(message: HostMessage): void {
    if (this.held) {
      this.held.push(message);
    } else {
      this.host.receive(message);
    }
  }
}
