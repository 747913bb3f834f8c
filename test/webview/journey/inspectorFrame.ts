import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Place } from './textPlace';

/** Pixels between two places where the pointer stops on its way over a chart. */
const stride = 6;

/** The inspector as a person sees it: a page two frames deep in the workbench. */
export class InspectorFrame {
  constructor(
    private readonly page: Page,
    readonly frame: FrameLocator,
  ) {}

  /** The shape in the header, and the headline numbers by their names, such as mean: "60". */
  async numbers(): Promise<Record<string, string>> {
    const stats = this.frame.locator('normscope-stats');
    await stats.waitFor();
    const [names, values, type] = await Promise.all([
      stats.locator('dt').allInnerTexts(),
      stats.locator('dd').allInnerTexts(),
      this.frame.locator('normscope-subject-header .number').innerText(),
    ]);
    const shape = type.slice(type.indexOf('('));
    return { shape, ...Object.fromEntries(names.map((name, i) => [name.trim(), values[i].trim()])) };
  }

  /** Turns to a view by its name, on a tab or, where there is no room for tabs, in the dropdown. */
  async turnTo(view: string): Promise<void> {
    const tab = this.frame.getByRole('tab', { name: view });
    await tab.or(this.viewChoice).first().waitFor();
    if ((await tab.count()) > 0) {
      await tab.click();
    } else {
      await this.viewChoice.click();
      await this.frame.getByRole('option', { name: view }).click();
    }
  }

  /** Waits until a view is the one that is shown. */
  async seeView(view: string): Promise<void> {
    const tab = this.frame.getByRole('tab', { name: view, selected: true });
    await tab
      .or(this.viewChoice.filter({ hasText: view }))
      .first()
      .waitFor();
  }

  private get viewChoice(): Locator {
    return this.frame.getByRole('combobox', { name: 'View' });
  }

  /** A chart by its title, once it is drawn. */
  async chart(title: string | RegExp): Promise<Locator> {
    const chart = this.frame.locator('normscope-chart', { has: this.frame.getByRole('heading', { name: title }) });
    await chart.locator('canvas').waitFor();
    return chart;
  }

  /** The titles of the charts in view. */
  async chartTitles(): Promise<string[]> {
    await this.frame.locator('normscope-chart canvas').first().waitFor();
    return this.frame.locator('normscope-chart h3').allInnerTexts();
  }

  /** Moves the pointer over a chart until it reads a point of that name, as in "Row 3". */
  async pointAt(chart: Locator, name: string): Promise<Place> {
    const canvas = chart.locator('canvas');
    await canvas.scrollIntoViewIfNeeded();
    const { x: left, y: top, width, height } = (await canvas.boundingBox())!;
    const y = top + height / 2;
    for (let x = left + stride; x < left + width; x += stride) {
      await this.page.mouse.move(x, y);
      const reading = chart.locator('.reading');
      if ((await reading.count()) > 0 && (await reading.innerText()).startsWith(name)) {
        return { x, y };
      }
    }
    throw new Error(`No point of the chart reads ${name}.`);
  }
}
