import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs';
import type { HostMessage, Opened, PageMessage, ProgressEvent } from '../../../src/protocol';
import { Inspector, type InspectorSource } from '../../../src/report/inspector';
import { InputError } from '../../../src/tensor/errors';
import { themes, type Theme } from './themes';

const dist = join(import.meta.dirname, '../../../dist');
const origin = 'https://page.test';

/** The page as the editor serves it, content policy included. */
const pageHtml = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; script-src 'nonce-test'; style-src ${origin} 'unsafe-inline'; font-src ${origin};">
  <link rel="stylesheet" href="${origin}/webview.css" id="vscode-codicon-stylesheet">
  <title>Normscope</title>
</head>
<body>
  <normscope-app></normscope-app>
  <script type="module" nonce="test" src="${origin}/webview.js"></script>
</body>
</html>`;

/** What a page is opened with. */
export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** The state that the editor kept for the page. */
  readonly state?: unknown;
  readonly forcedColors?: 'active';
}

/** The bundled page in a browser, connected with a real inspector in this process, as the editor connects them. */
export class OpenedPage {
  /** Everything the page sent. */
  readonly sent: PageMessage[] = [];
  /** Messages of the browser's console that tell of a fault. */
  readonly faults: string[] = [];
  /** Milliseconds that every answer takes longer. */
  delay = 0;
  private readonly running = new Map<number, AbortController>();

  private constructor(
    readonly page: Page,
    readonly inspector: Inspector,
    /** The editor's note of an array in a text. */
    private readonly saved: unknown,
  ) {}

  static async open(browser: Browser, source: InspectorSource, options: PageOptions = {}): Promise<OpenedPage> {
    const { theme = 'vscode-dark', width = 1100, height = 900, state, forcedColors } = options;
    const context = await browser.newContext({ viewport: { width, height }, forcedColors });
    const page = await context.newPage();
    const isText = source.listing === undefined && source.overviews === undefined;
    const opened = new OpenedPage(page, new Inspector(source), isText ? { start: 0 } : undefined);
    page.on('pageerror', (error) => opened.faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        opened.faults.push(message.text());
      }
    });
    await page.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      const contentType = path.endsWith('.css') ? 'text/css' : path.endsWith('.js') ? 'text/javascript' : 'font/ttf';
      await (path === ''
        ? route.fulfill({ contentType: 'text/html', body: pageHtml })
        : route.fulfill({ contentType, body: await readFile(join(dist, path)) }));
    });
    await page.exposeFunction('sendToHost', (message: PageMessage) => opened.receive(message));
    await page.addInitScript(giveVsCodeApi, state);
    await page.addInitScript(setTheme, { name: theme, variables: themes[theme] });
    await page.goto(origin);
    return opened;
  }

  /** What the page keeps across a reload. */
  state(): Promise<unknown> {
    return this.page.evaluate(() => (window as unknown as { savedState: unknown }).savedState);
  }

  /** Sends the page a message of the editor's own accord. */
  async post(message: HostMessage): Promise<void> {
    // A page that was closed meanwhile needs no answer.
    await this.page.evaluate((sent) => window.postMessage(sent), message).catch(() => {});
  }

  /** Turns the editor to another theme. */
  async turnTo(theme: Theme): Promise<void> {
    await this.page.evaluate(setTheme, { name: theme, variables: themes[theme] });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private async receive(message: PageMessage): Promise<void> {
    this.sent.push(message);
    if (message.type === 'cancel') {
      this.running.get(message.id)?.abort();
      return;
    }
    const { id, method, params } = message;
    const controller = new AbortController();
    this.running.set(id, controller);
    const tell = (event: ProgressEvent) => void this.post({ type: 'progress', id, events: [event] });
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    try {
      controller.signal.throwIfAborted();
      const ok = await this.inspector.handle(method, params, controller.signal, tell);
      await this.post({ type: 'reply', id, ok: method === 'open' ? { ...(ok as Opened), source: this.saved } : ok });
    } catch (error) {
      const advice = error instanceof InputError ? error.advice : undefined;
      const text = error instanceof Error ? error.message : String(error);
      await this.post({ type: 'reply', id, err: { message: text, advice } });
    }
  }
}

/** One browser for all pages of a test file. A page lives as long as its test, which fails if the page told of a fault. */
export function openedPages(): { open(source: InspectorSource, options?: PageOptions): Promise<OpenedPage> } {
  let browser: Browser;
  const opened: OpenedPage[] = [];
  beforeAll(async () => {
    await access(join(dist, 'webview.js')); // Without the build every page would wait for its elements in vain.
    browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const pages = opened.splice(0);
    await Promise.all(pages.map((page) => page.close()));
    expect(pages.flatMap(({ faults }) => faults)).toEqual([]);
  });
  return {
    open: async (source, options) => {
      const page = await OpenedPage.open(browser, source, options);
      opened.push(page);
      return page;
    },
  };
}

function giveVsCodeApi(state: unknown): void {
  const target = window as unknown as Record<string, unknown>;
  target.savedState = state;
  target.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void (target.sendToHost as (message: unknown) => void)(message),
    getState: () => target.savedState,
    setState: (saved: unknown) => (target.savedState = saved),
  });
}

function setTheme({ name, variables }: { name: string; variables: Record<string, string> }): void {
  const apply = () => {
    const root = document.documentElement;
    for (const property of [...root.style]) {
      root.style.removeProperty(property);
    }
    for (const [variable, value] of Object.entries(variables)) {
      root.style.setProperty(`--vscode-${variable}`, value);
    }
    document.body.className = name;
  };
  if (document.body) {
    apply();
  } else {
    document.addEventListener('readystatechange', apply, { once: true });
  }
}
