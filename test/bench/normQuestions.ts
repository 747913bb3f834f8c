import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpz } from '../../src/formats/writeNpz';
import { backward } from '../../src/norm/backward';
import { forward } from '../../src/norm/forward';
import { defaultSpec } from '../../src/norm/normSpec';
import type { Group } from './bench';
import { contest } from './contest';
import { makeData } from './data';
import { cli, program } from './program';

const [rows, cols] = [512, 768];

/** What a person asks of a float32 case of (512, 768), as whole programs: are its gradients right, and which norm is it. */
export const normQuestions: Group = async ({ folder, repetitions }) => {
  const { ofX, ofWeight } = await written(folder);
  const allowed = (ms: number) => ({ name: `the ${ms} ms allowed`, run: () => ({ ms, digest: [] }), reach: 1 });
  const asked = (command: string, path: string, ms: number, words = '') =>
    contest(
      repetitions,
      `${command} of (${rows}, ${cols})${words}`,
      program(process.execPath, [cli, command, path, '--kind', 'layer_norm', '--x', 'x']),
      [allowed(ms)],
    );
  return [
    ...(await asked('gradcheck', ofWeight, 1000)),
    ...(await asked('identify', ofWeight, 2000)),
    ...(await asked('identify', ofX, 2000, ', no weight known')),
  ];
};

/** Files of a layer_norm with its gradients, right to float32: `ofWeight` has all, `ofX` lacks weight and bias. */
async function written(folder: string): Promise<{ ofX: string; ofWeight: string }> {
  const { x, gradOutput, weight, bias } = makeData(rows, cols);
  const exact = { x: Float64Array.from(x), gradOutput: Float64Array.from(gradOutput) };
  const affine = { weight: Float64Array.from(weight), bias: Float64Array.from(bias) };
  const spec = defaultSpec('layer_norm');
  const { y } = forward(spec, [rows, cols], exact.x, affine);
  const { gradInput, gradWeight, gradBias } = backward(spec, [rows, cols], exact.x, exact.gradOutput, affine);
  const ofX = { x, y, grad_output: gradOutput, grad_input: gradInput };
  const ofWeight = { weight, bias, grad_weight: gradWeight, grad_bias: gradBias! };
  const stored = (tensors: Readonly<Record<string, ArrayLike<number>>>, shape: readonly number[]) =>
    Object.entries(tensors).map(([name, values]) => ({
      name,
      dtype: 'float32' as const,
      shape,
      values: Float32Array.from(values),
    }));
  const paths = { ofX: join(folder, 'unknown.npz'), ofWeight: join(folder, 'case.npz') };
  await writeFile(paths.ofX, await writeNpz(stored({ x, y }, [rows, cols])));
  await writeFile(paths.ofWeight, await writeNpz([...stored(ofX, [rows, cols]), ...stored(ofWeight, [cols])]));
  return paths;
}
