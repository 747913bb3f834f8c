import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtCli } from './runCli';

const cli = builtCli();

describe('normscope literals', () => {
  it('prints every array of a text with its place, shape, dtype and values', async () => {
    const text = 'x = tensor([[1.5, nan]], dtype=torch.float16)\ny = [1, 2, ..., 9]\nz = [[1, 2], [3]]\n';
    const path = join(cli.folder, 'log.txt');
    await writeFile(path, text);
    const { code, stdout } = await cli.run('literals', path, '--json');
    expect(code).toBe(0);
    const place = (piece: string) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length });
    expect(JSON.parse(stdout).literals).toEqual([
      { ...place('[[1.5, nan]]'), shape: [1, 2], dtype: 'float16', values: [1.5, 'NaN'] },
      { ...place('[1, 2, ..., 9]'), truncated: true, shape: null, dtype: null, valuesShown: [1, 2, 9] },
      { ...place('[[1, 2], [3]]'), error: 'ragged', message: expect.stringContaining('Row 1'), at: place('[3]') },
    ]);
    const { stdout: table } = await cli.run('literals', path);
    expect(table).toContain('1:12');
    expect(table).toContain('Row 1 has 1 number, the rows before it have 2.');
  });

  it('refuses a file that is no text', async () => {
    const path = join(cli.folder, 'wide.txt');
    await writeFile(path, Buffer.from('x = [1, 2]', 'utf16le'));
    const { code, stderr } = await cli.run('literals', path);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('a byte is 0, as in no text in UTF-8 (byte 1)'),
    });
  });

  it('says that there are none', async () => {
    expect((await cli.run('literals', 'test/fixtures/literals/negative/nothing.txt')).stdout).toBe('no arrays\n');
  });
});
