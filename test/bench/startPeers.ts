import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './bench';
import { Peer } from './peer';

const execute = promisify(execFile);
const sources = join('test', 'bench', 'peers');

/** Debian has its libraries in the second, which need not be the first on the path. */
const pythons = ['python3', '/usr/bin/python3'];

/**
 * Starts the programs to measure against, each with the data in memory.
 *
 * @param folder where the data files are, and where the C kernel is compiled
 * @returns what could be started, and a sentence for each that could not
 */
export async function startPeers(
  folder: string,
  rows: number,
  cols: number,
): Promise<{ peers: Bench['peers']; missing: string[] }> {
  const missing: string[] = [];
  const attempt = async (name: string, advice: string, start: () => Promise<Peer>) => {
    try {
      return await start();
    } catch (error) {
      missing.push(`${name} did not take part (${advice}): ${(error as Error).message.split('\n')[0]}`);
      return undefined;
    }
  };
  const args = [folder, String(rows), String(cols)];
  const python = (library: string, script: string) => async () =>
    Peer.start(await pythonWith(library), [join(sources, script), ...args]);
  const peers = {
    c: await attempt('The C kernel', 'it needs gcc', async () => {
      const program = join(folder, 'layerNorm');
      await execute('gcc', ['-O3', '-march=native', '-o', program, join(sources, 'layerNorm.c'), '-lm']);
      return Peer.start(program, args);
    }),
    numpy: await attempt('NumPy', 'it is Debian’s python3-numpy', python('numpy', 'numpyPeer.py')),
    torch: await attempt('PyTorch', 'it is Debian’s python3-torch', python('torch', 'torchPeer.py')),
  };
  return { peers, missing };
}

/**
 * The Python that has a library.
 *
 * @throws Error if none here has it
 */
export async function pythonWith(library: string): Promise<string> {
  for (const python of pythons) {
    const found = await execute(python, ['-c', `import ${library}`]).catch(() => undefined);
    if (found) {
      return python;
    }
  }
  throw new Error(`No Python here has ${library}.`);
}
