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
  const path = join(folder, 'case.npz');
  await writeFile(path, await writeCase());
  const allowed = (ms: number) => ({ name: `the ${ms} ms allowed`, run: () => ({ ms, digest: [] }), reach: 1 });
  const asked = (command: string, ms: number) =>
    contest(
      repetitions,
      `${command} of (${rows}, ${cols})`,
      program(process.execPath, [cli, command, path, '--kind', 'layer_norm', '--x', 'x']),
      [allowed(ms)],
    );
  return [...(await asked('gradcheck', 1000)), ...(await asked('identify', 2000))];
};

/** A layer_norm with its gradients, right to float32. */
function writeCase(): Promise<Uint8Array> {
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
  return writeNpz([...stored(ofX, [rows, cols]), ...stored(ofWeight, [cols])]);
}
