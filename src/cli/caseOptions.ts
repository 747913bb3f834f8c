import { withComplexParts } from '../formats/complexParts';
import type { Dump, TensorRef } from '../formats/dump';
import { readTensor } from '../formats/readValues';
import { refuseUndecoded } from '../formats/refuseUndecoded';
import { settledSpec } from '../norm/identify/settledSpec';
import { caseRoles, type CaseRole, type NormCase } from '../norm/normCase';
import { findCases, type CaseNames } from '../norm/sites';
import { specTerms } from '../norm/specTerms';
import { dtypes } from '../tensor/dtype';
import { formatShape, type Shape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import type { Options } from './command';
import { nearestHint } from './nearest';
import { rawOptions } from './rawOptions';
import { readSpec, specOptions } from './specOptions';
import { UsageError } from './usageError';

/** A name of the engine as an option: gradOutput is grad-output. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The option that names the tensor of each role: gradOutput is `--grad-output`. */
export const roleOptions = Object.fromEntries(caseRoles.map((role) => [role, kebabCase(role)])) as Record<
  CaseRole,
  string
>;

const roleWords: Readonly<Record<CaseRole, string>> = {
  weight: 'γ',
  bias: 'β',
  runningMean: 'the running mean',
  runningVar: 'the running variance',
  numBatchesTracked: 'how many batches the running ones are of',
  alpha: 'α of a dyt',
  gradOutput: 'dy, the gradient that comes in',
  output: 'y as it was recorded',
  gradInput: 'dx as it was recorded',
  gradWeight: 'dγ as it was recorded',
  gradBias: 'dβ as it was recorded',
  gradAlpha: 'dα as it was recorded',
};

/** Options that say which tensors make the case and which convention it follows. */
export const caseOptions = {
  ...specOptions,
  ...rawOptions,
  x: { type: 'string', value: 'NAME', help: 'the input' },
  ...Object.fromEntries(
    caseRoles.map((role) => [roleOptions[role], { type: 'string', value: 'NAME', help: roleWords[role] }] as const),
  ),
} as const;

/**
 * Reads the case that the options name. With no tensor named but x, or none at all, those that belong together by
 * name come along; naming any other means exactly those named. Where neither the options nor the file say which norm it is,
 * a recorded output tells.
 *
 * @throws UsageError if a tensor or an option's value does not exist; ShapeError if the spec does not fit x
 */
export async function readCase(dump: Dump, options: Options): Promise<NormCase> {
  const cases = findCases(dump.tensors, dump.metadata);
  const xName = typeof options.x === 'string' ? options.x : onlyInput(dump, cases);
  const x = await readReal(dump, xName);
  const found = cases.find(({ tensors }) => tensors.x === xName);
  const tensors: { [role in CaseRole]?: Tensor } = {};
  for (const [role, name] of Object.entries(roleNames(options, found)) as [CaseRole, string][]) {
    tensors[role] = fitted(role, await readReal(dump, name), x.shape);
  }
  const spec = readSpec(options, x, found, (tensors.weight ?? tensors.bias)?.shape);
  const normCase = { spec, x, ...tensors };
  const isGuess = found?.guessed && Object.keys(specOptions).every((option) => options[option] === undefined);
  return isGuess ? { ...normCase, spec: settledSpec(normCase) ?? spec } : normCase;
}

/** What a case is made of, in a sentence and by role: much of it may have been found by name, and not been asked for. */
export function partsOf(normCase: NormCase): { sentence: string; tensors: Record<string, string> } {
  const { spec, x } = normCase;
  const beside = caseRoles.flatMap((role) => {
    const tensor = normCase[role];
    return tensor ? [[role, tensor.name] as const] : [];
  });
  const epsWords = spec.kind === 'dyt' ? '' : `, ε ${specTerms.eps.value(spec)}`;
  const words = [
    `${specTerms.kind.value(spec)} of ${x.name}${epsWords}`,
    ...beside.map(([role, name]) => `${roleOptions[role]} ${name}`),
  ];
  return { sentence: `${words.join(', ')}.`, tensors: { x: x.name, ...Object.fromEntries(beside) } };
}

/**
 * The tensor of a name; "x.real" and "x.imag" are the parts of a complex one.
 *
 * @throws UsageError naming what the file does hold
 * @throws FormatError if the tensor is one that is only listed
 */
export function findTensor(dump: Dump, name: string): TensorRef {
  const ref = withComplexParts(dump).tensors.find((tensor) => tensor.name === name);
  refuseUndecoded(dump, name);
  if (ref === undefined) {
    const names = dump.tensors.map((tensor) => tensor.name);
    const rest = names.length > 5 ? ` and ${names.length - 5} more` : '';
    throw new UsageError(
      `The file has no tensor "${name}"; it has ${names.slice(0, 5).join(', ')}${rest}.${nearestHint(name, names)}`,
    );
  }
  return ref;
}

/** Roles of the shape of the normalized axes. */
const affineRoles: readonly CaseRole[] = ['weight', 'bias', 'gradWeight', 'gradBias'];

/** Takes a (1, 1, 8), as parameters that are broadcast are kept, for the (8) that fits x. */
function fitted(role: CaseRole, tensor: Tensor, x: Shape): Tensor {
  const { shape } = tensor;
  if (!affineRoles.includes(role) || formatShape(shape) === formatShape(x.slice(-shape.length))) {
    return tensor;
  }
  const ones = shape.slice(0, -1).findIndex((length) => length !== 1);
  return { ...tensor, shape: shape.slice(ones < 0 ? -1 : ones) };
}

/** @throws UsageError if the file has no such tensor, or it is complex */
async function readReal(dump: Dump, name: string): Promise<Tensor> {
  const ref = findTensor(dump, name);
  if (dtypes[ref.dtype].kind === 'complex') {
    throw new UsageError(`"${name}" is ${ref.dtype}, which no norm is of; name "${name}.real" or "${name}.imag".`);
  }
  return readTensor(ref);
}

function onlyInput(dump: Dump, cases: readonly CaseNames[]): string {
  if (cases.length === 1) {
    return cases[0].tensors.x;
  }
  if (dump.tensors.length === 1) {
    return dump.tensors[0].name;
  }
  throw new UsageError('The file has several tensors; name the input with --x.');
}

/** The roles that options name, or if they name none those of the case found. */
function roleNames(options: Options, found: CaseNames | undefined): { [role in CaseRole]?: string } {
  const isNamed = caseRoles.some((role) => options[roleOptions[role]] !== undefined);
  const names: { [role in CaseRole]?: string } = {};
  for (const role of caseRoles) {
    const name = isNamed ? options[roleOptions[role]] : found?.tensors[role];
    if (typeof name === 'string') {
      names[role] = name;
    }
  }
  return names;
}
