import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs';
import { vsixPath } from '../../../scripts/lib/packageVsix.mjs';
import { root } from '../../../scripts/lib/paths.mjs';
import { copySamples } from '../../../scripts/lib/samples.mjs';
import { startServer, type RunningServer } from '../../../scripts/lib/vscodeServer.mjs';
import { InspectorFrame } from './inspectorFrame';
import { textPlace, type Place } from './textPlace';

const screenshots = join(root, 'test-results', 'screenshots');

/** The longest that a single sight is waited for, in milliseconds: a busy machine may take its time. */
const patience = 60_000;

/** The colours that a person has chosen; `contrast` is VS Code's dark high contrast. */
export type Theme = 'dark' | 'light' | 'contrast';

/** A VS Code in a browser with the packaged extension in it, on a copy of the samples, used the way a person uses it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: RunningServer,
    private readonly home: string,
  ) {}

  /**
   * @param files    more files for the folder, by name
   * @param prepare  does something with the folder before it is opened
   * @param settings what the person has set
   */
  static async start(
    theme: Theme = 'light',
    files: Readonly<Record<string, string | Uint8Array>> = {},
    { prepare, settings }: { prepare?: (folder: string) => Promise<void>; settings?: object } = {},
  ): Promise<Workbench> {
    const home = await mkdtemp(join(tmpdir(), 'normscope-journey-'));
    const folder = join(home, 'samples');
    await copySamples(folder);
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
    await prepare?.(folder);
    const contrast = { 'window.autoDetectColorScheme': false, 'workbench.colorTheme': 'Default High Contrast' };
    const server = await startServer({
      folder,
      home,
      vsix: await vsixPath(),
      settings: { ...settings, ...(theme === 'contrast' ? contrast : {}) },
    });
    const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs });
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: theme === 'light' ? 'light' : 'dark',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.goto(server.address);
    const workbench = new Workbench(page, browser, server, home);
    await workbench.ready();
    return workbench;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.end();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Reloads the window by its command, which first saves what is to come back; the browser's key may not. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.run('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Changes a file of the workspace behind the editor's back. */
  async writeFile(name: string, content: Uint8Array): Promise<void> {
    await writeFile(join(this.home, 'samples', name), content);
  }

  /** Deletes a file of the workspace behind the editor's back. */
  async deleteFile(name: string): Promise<void> {
    await rm(join(this.home, 'samples', name));
  }

  /** Goes to a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.fillQuickInput(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Runs a command from the palette by its title. */
  async run(title: string): Promise<void> {
    await this.runToAsk(title);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Runs a command that asks something in the palette's place. */
  async runToAsk(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.fillQuickInput(`>${title}`);
    // Others may begin with the same words and stand first: the label is clicked, not Enter pressed.
    await this.page.locator('.quick-input-list .monaco-list-row').getByText(title, { exact: true }).first().click();
  }

  /** Selects the first occurrence of a text in the active editor, by searching for it. */
  async select(text: string): Promise<void> {
    // The keys may have gone to the inspector beside it until now.
    await this.page.keyboard.press('Control+1');
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await this.page.keyboard.press('Control+F');
    const find = this.page.locator('.find-widget.visible textarea').first();
    const count = this.page.locator('.find-widget.visible .matchesCount');
    // What was found of the last text searched for would pass for this one.
    await find.fill('');
    await count.filter({ hasText: 'No results' }).waitFor();
    await find.fill(text);
    await count.filter({ hasText: / of / }).waitFor();
    await this.page.keyboard.press('Escape');
  }

  /** What is selected in the active editor, by copying it. */
  async selectedText(): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText(''));
    await this.page.keyboard.press('Control+C');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Where a text stands on the screen in a visible editor, once it is drawn. */
  async placeOf(text: string): Promise<Place> {
    const found = await this.page.waitForFunction(textPlace, text);
    return (await found.jsonValue())!;
  }

  /** Rests the pointer on a text, and gives the hover that appears. */
  async hover(text: string): Promise<Locator> {
    // One that is still shown over another place keeps the pointer to itself.
    await this.page.mouse.move(0, 0);
    await this.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    const { x, y } = await this.placeOf(text);
    const hover = this.page.locator('.monaco-hover:visible', { hasText: 'variance' });
    // Extensions that are still starting do not answer a pointer that came before: then it is moved again.
    for (let nudge = 0; nudge < 8 && (await hover.count()) === 0; nudge++) {
      await this.page.mouse.move(x + (nudge % 2), y);
      await hover.waitFor({ timeout: 4_000 }).catch(() => {});
    }
    await hover.waitFor();
    // It fades in.
    await hover.evaluate((shown) => Promise.all(shown.getAnimations().map((animation) => animation.finished)));
    return hover;
  }

  /** The inspector that is in view; at most one is where this is asked. */
  get inspector(): InspectorFrame {
    const frame = this.page.frameLocator('iframe.webview:visible').frameLocator('iframe#active-frame');
    return new InspectorFrame(this.page, frame);
  }

  /** Keeps a picture of the window in test-results/screenshots. */
  async screenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    // The explorer lists the files as soon as the workspace is there.
    await this.page.locator('.explorer-folders-view', { hasText: 'scores.json' }).waitFor();
  }

  private async fillQuickInput(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible input').first().fill(text);
  }
}
