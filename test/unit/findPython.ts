import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The first Python that has a module, PyTorch for example: the system's often has it where one found first on the PATH has not.
 *
 * @returns undefined if none has
 */
export async function findPython(module: string): Promise<string | undefined> {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      await run(python, ['-c', `import ${module}`]);
      return python;
    } catch {
      // This one has no such module, or is not there.
    }
  }
  return undefined;
}
