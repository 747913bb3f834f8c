import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

const files = {
  'gain.c':
    'static const float gain[2][4] = {\n    {0.25f, 1.25f, 3.5f, -1.0f},\n    {0.75f, NAN, 1.5f, 0x1p-2f},\n};\n',
  'train.log': [
    '10:00:00 INFO hidden: [[ 0.1234  1.25   -3.5    inf]',
    ' [ 0.75    nan    1.5    0.    ]',
    ' [ 2.      2.     2.     2.    ]]',
    "10:00:01 INFO grad tensor([[1.2000e+00, -3.0000e-01],\n        [4.0000e-01, 2.2000e+00]], device='cuda:0')",
    '10:00:02 INFO big array([[0.1, 0.2, ..., 0.9, 1. ],\n       [0.3, 0.4, ..., 0.7, 0.8]], shape=(2, 1000))',
    '',
  ].join('\n'),
};

describe('resting the pointer on an array', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('dark', files);
  });
  afterAll(() => workbench?.close());

  it.each([
    {
      what: 'C',
      file: 'gain.c',
      at: '0.75f',
      shape: 'Array (2, 4)',
      numbers: /-1\s+3.5\s+0.9286\s+1.673\s+1.592\s+1\s+0/,
    },
    { what: 'JSON', file: 'scores.json', at: '80, 69', shape: 'Array (5, 6)', numbers: /11\s+97/ },
    { what: 'a NumPy print', file: 'train.log', at: '-3.5 ', shape: 'Array (3, 4)', numbers: /1\s+1\s+row/ },
    {
      what: 'a PyTorch print',
      file: 'train.log',
      at: '4.0000e-01',
      shape: 'Array (2, 2)',
      numbers: /-0.3\s+2.2\s+0.875/,
    },
  ])('shows its numbers in $what', async ({ file, at, shape, numbers }) => {
    await workbench.openFile(file);
    const hover = await workbench.hover(at);
    const text = await hover.innerText();
    expect(text).toContain(shape);
    expect(text).toMatch(numbers);
    expect(await hover.getByRole('link').allInnerTexts()).toEqual(['Inspect', 'Check gradients']);
  });

  it('says of one that is printed in part how much of it the numbers are of', async () => {
    const hover = await workbench.hover('0.3, 0.4');
    expect(await hover.innerText()).toContain('Array (2, 1000), cut off · of the 8 numbers shown');
    expect(await hover.getByRole('link').count()).toBe(0);
    await workbench.screenshot('hover-cut');
  });

  it('shows the first rows of a large one', async () => {
    await workbench.openFile('attention.py');
    const hover = await workbench.hover('1.04, -0.61');
    const text = await hover.innerText();
    expect(text).toContain('Array (2, 3, 8)');
    expect(text).toContain('variance (÷N)');
    expect(text).toMatch(/…\s+3 more/);
    await workbench.screenshot('hover');
  });

  it('leads to the inspector', async () => {
    const hover = await workbench.hover('0.56, 0.11');
    await hover.getByText('Inspect', { exact: true }).click();
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(2, 3, 8)', NaN: '1', Inf: '1' });
    await workbench.screenshot('hover-inspected');
  });
});
