import type { Dump, TensorRef } from '../formats/dump';
import { quote } from '../formats/quote';
import { readTensor } from '../formats/readValues';
import { caseRoles, type CaseRole, type NormCase } from '../norm/normCase';
import { defaultSpec, normKinds, type NormSpec } from '../norm/normSpec';
import { findCases } from '../norm/sites';
import type { CaseEntry } from '../protocol';
import { FormatError, ShapeError } from '../tensor/errors';
import { formatShape, resolveAxes, type Shape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import type { Options } from './command';
import { integerList } from './integerList';
import { UsageError } from './usageError';

/** The option that names the tensor of each role: gradOutput is `--grad-output`. */
const roleOptions = Object.fromEntries(
  caseRoles.map((role) => [role, role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
) as Record<CaseRole, string>;

/** Options that say which tensors make the case and which convention it follows. */
export const caseOptions = {
  kind: { type: 'string' },
  x: { type: 'string' },
  ...Object.fromEntries(Object.values(roleOptions).map((option) => [option, { type: 'string' }] as const)),
  eps: { type: 'string' },
  'eps-place': { type: 'string' },
  divisor: { type: 'string' },
  'weight-offset': { type: 'string' },
  'normalized-shape': { type: 'string' },
  axes: { type: 'string' },
} as const;

/**
 * Reads the case that the options name. With no tensor named but x, or none at all, those that belong together by
 * name come along; naming any other means exactly those named.
 *
 * @throws UsageError if a tensor or an option's value does not exist; ShapeError if the spec does not fit x
 */
export async function readCase(dump: Dump, options: Options): Promise<NormCase> {
  const cases = findCases(dump.tensors, dump.metadata);
  const xName = typeof options.x === 'string' ? options.x : onlyInput(dump, cases);
  const x = await readTensor(findTensor(dump, xName));
  const found = cases.find(({ tensors }) => tensors.x === xName);
  const tensors: { [role in CaseRole]?: Tensor } = {};
  for (const [role, name] of Object.entries(roleNames(options, found)) as [CaseRole, string][]) {
    tensors[role] = await readTensor(findTensor(dump, name));
  }
  return { spec: readSpec(options, x.shape, found, (tensors.weight ?? tensors.bias)?.shape), x, ...tensors };
}

/**
 * @throws UsageError naming what the file does hold
 * @throws FormatError if the tensor is one that is only listed
 */
export function findTensor(dump: Dump, name: string): TensorRef {
  const ref = dump.tensors.find((tensor) => tensor.name === name);
  const undecoded = dump.undecoded?.find((tensor) => tensor.name === name);
  if (undecoded) {
    throw new FormatError(dump.format, `tensor ${quote(name)} is listed and cannot be read: ${undecoded.reason}`);
  }
  if (ref === undefined) {
    const names = dump.tensors.slice(0, 5).map((tensor) => tensor.name);
    const rest = dump.tensors.length > 5 ? ` and ${dump.tensors.length - 5} more` : '';
    throw new UsageError(`The file has no tensor "${name}"; it has ${names.join(', ')}${rest}.`);
  }
  return ref;
}

function onlyInput(dump: Dump, cases: readonly CaseEntry[]): string {
  if (cases.length === 1) {
    return cases[0].tensors.x;
  }
  if (dump.tensors.length === 1) {
    return dump.tensors[0].name;
  }
  throw new UsageError('The file has several tensors; name the input with --x.');
}

/** The roles that options name, or if they name none those of the case found. */
function roleNames(options: Options, found: CaseEntry | undefined): { [role in CaseRole]?: string } {
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

function readSpec(
  options: Options,
  shape: Shape,
  found: CaseEntry | undefined,
  affineShape: Shape | undefined,
): NormSpec {
  const kind = choice(options, 'kind', normKinds) ?? found?.kind;
  if (kind === undefined) {
    throw new UsageError(`Say which norm with --kind: ${normKinds.join(' or ')}.`);
  }
  const spec = defaultSpec(kind);
  const statedEps = found?.kind === kind ? found.eps : undefined;
  return {
    ...spec,
    eps: epsOption(options) ?? statedEps ?? spec.eps,
    epsPlace: choice(options, 'eps-place', ['inside', 'outside', 'clamp']) ?? spec.epsPlace,
    divisor: choice(options, 'divisor', ['n', 'n-1']) ?? spec.divisor,
    weightOffset: choice(options, 'weight-offset', ['0', '1']) === '1' ? 1 : 0,
    normalizedAxes: normalizedAxes(options, shape) ?? affineShape?.length ?? spec.normalizedAxes,
  };
}

function normalizedAxes(options: Options, shape: Shape): number | undefined {
  const normalizedShape = integerList('normalized-shape', options['normalized-shape']);
  if (normalizedShape) {
    const trailing = shape.slice(shape.length - normalizedShape.length);
    if (formatShape(trailing) !== formatShape(normalizedShape)) {
      throw new ShapeError(
        `--normalized-shape ${formatShape(normalizedShape)} is not the end of the shape ${formatShape(shape)} of x.`,
      );
    }
    return normalizedShape.length;
  }
  const axes = integerList('axes', options.axes);
  if (axes === undefined) {
    return undefined;
  }
  const resolved = resolveAxes(axes, shape.length);
  if (resolved.some((axis, i) => axis !== shape.length - resolved.length + i)) {
    throw new ShapeError(`--axes ${axes.join(',')} are not the last axes of x ${formatShape(shape)}.`);
  }
  return resolved.length;
}

function epsOption(options: Options): number | undefined {
  if (typeof options.eps !== 'string') {
    return undefined;
  }
  const eps = Number(options.eps);
  if (options.eps.trim() === '' || !(eps >= 0 && Number.isFinite(eps))) {
    throw new UsageError(`--eps takes a number of at least 0, not "${options.eps}".`);
  }
  return eps;
}

function choice<T extends string>(options: Options, option: string, allowed: readonly T[]): T | undefined {
  const value = options[option];
  if (value === undefined) {
    return undefined;
  }
  const chosen = allowed.find((candidate) => candidate === value);
  if (chosen === undefined) {
    throw new UsageError(`--${option} takes ${allowed.join(' or ')}, not "${String(value)}".`);
  }
  return chosen;
}

/** A spec in the words of the CLI's JSON contract. */
export function specJson(spec: NormSpec, shape: Shape): Record<string, unknown> {
  const { kind, eps, epsPlace, divisor, weightOffset, normalizedAxes: count } = spec;
  return {
    kind,
    axes: Array.from({ length: count }, (_, i) => i - count),
    normalizedShape: shape.slice(shape.length - count),
    eps,
    epsPlace,
    divisor,
    weightOffset,
  };
}
