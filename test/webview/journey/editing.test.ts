import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench, type Theme } from './workbench';

const rows = Array.from({ length: 12 }, (_, row) =>
  Array.from({ length: 6 }, (_, col) => (Math.sin(6 * row + col) * (row === 9 ? 900 : 1)).toFixed(3)).join(', '),
);
const text = [
  'W = [',
  ...rows
    .with(2, '0.5, float("nan"), 1.0, 2.0, -1.0, 0.25')
    .with(5, '2.0, 2.0, 2.0, 2.0, 2.0, 2.0')
    .map((row) => `    [${row}],`),
  ']',
  'gamma = [1.5, 0.5, 2.0, 1.0, 1.0, 0.9]',
  '',
].join('\n');

describe.each(['light', 'dark', 'contrast'] as Theme[])(
  'an inspected array that is edited, in a %s VS Code',
  (theme) => {
    let workbench: Workbench;

    beforeAll(async () => {
      workbench = await Workbench.start(theme, { 'net.py': text });
      await workbench.openFile('net.py');
      await workbench.select('1.0, 2.0, -1.0');
      await workbench.page.keyboard.press('ArrowRight');
      await workbench.run('Normscope: Inspect Selection');
      await workbench.inspector.numbers();
    });
    afterAll(() => workbench?.close());

    /** The lines whose rows are marked in the text. */
    const markedLines = async () => {
      const { page } = workbench;
      const tops = await page
        .locator('.view-overlays [class*="ced-"]')
        .evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().top));
      const lines = await page
        .locator('.view-lines .view-line')
        .evaluateAll((all) =>
          all.map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' })),
        );
      return lines
        .filter(({ top }) => tops.includes(top))
        .map((line) => line.text.replaceAll('\u00a0', ' ').trim())
        .sort();
    };
    const rowsMarked = [
      `[${rows[9]}],`,
      '[0.5, float("nan"), 1.0, 2.0, -1.0, 0.25],',
      '[2.0, 2.0, 2.0, 2.0, 2.0, 2.0],',
    ];

    it('has the rows marked that hold NaN, are constant or far from the others, each with its reason', async () => {
      await expect.poll(markedLines).toEqual(rowsMarked);
      await workbench.screenshot(`marks-${theme}`);
      const hover = await workbench.hover('float("nan")');
      const reason = hover.getByText('Row 2 holds NaN at column 1, so its statistics and its output are not finite.');
      await reason.waitFor();
      // All of it is in sight, under the numbers of the array.
      const [all, sentence] = await Promise.all([hover.boundingBox(), reason.boundingBox()]);
      expect(sentence!.y + sentence!.height).toBeLessThanOrEqual(all!.y + all!.height);
      await workbench.screenshot(`marks-hover-${theme}`);
    });

    it('keeps its marks through an edit above it', async () => {
      await workbench.select('W = [');
      await workbench.page.keyboard.press('Home');
      await workbench.page.keyboard.type('# weights\n');
      await expect.poll(markedLines).toEqual(rowsMarked);
      await workbench.inspector.frame.getByText('net.py, line 2').waitFor();
    });

    it('says in one sentence how an edit broke it, and leads there', async () => {
      const { frame } = workbench.inspector;
      await workbench.select('2.0, -1.0, ');
      await workbench.page.keyboard.press('Delete');
      await frame.getByText('Line 5, column 5: Row 2 has 4 numbers, the rows before it have 6.').waitFor();
      expect(await frame.locator('canvas').count()).toBe(0);
      await workbench.screenshot(`broken-${theme}`);
      await frame.getByRole('button', { name: 'Show in Text' }).click();
      await expect.poll(() => workbench.selectedText()).toBe('[0.5, float("nan"), 1.0, 0.25]');
    });

    it('comes back as it is undone', async () => {
      await workbench.page.keyboard.press('Control+Z');
      await expect.poll(() => workbench.inspector.numbers()).toMatchObject({ shape: '(12, 6)', NaN: '1' });
      await expect.poll(markedLines).toEqual(rowsMarked);
    });

    it('has the row marked in its charts that the cursor stands in', async () => {
      await workbench.select(rows[3]);
      await workbench.inspector.frame.getByRole('row', { selected: true }).getByText(rows[3].split(', ')[0]).waitFor();
      await workbench.screenshot(`row-at-cursor-${theme}`);
    });

    it('takes its marks with it as the inspector is closed', async () => {
      await workbench.page.locator('.tab', { hasText: 'Normscope' }).click({ button: 'middle' });
      await expect.poll(markedLines).toEqual([]);
    });
  },
);
