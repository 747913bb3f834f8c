import type { CaseRole, NormCase } from '../norm/normCase';
import { isCentred, isChannelKind, trailingAxes, type NormSpec } from '../norm/normSpec';
import { rowExtent } from '../norm/geometry';
import { rowAxes } from '../norm/rowAxes';
import { resolveAxes, type Shape } from '../tensor/shape';
import { formatExactly } from '../tensor/formatNumber';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { copyAs } from './copyAs';

/** What autograd gives a gradient of, by the roles that bring them. */
const parameterRoles = ['weight', 'bias', 'alpha'] as const;

/** What a case may know of the results, and what the script has in its place. */
const knownResults: readonly (readonly [role: CaseRole, made: string, of: string])[] = [
  ['output', 'y', 'x'],
  ['gradInput', 'x.grad', 'x'],
  ['gradWeight', 'weight.grad', 'weight'],
  ['gradBias', 'bias.grad', 'bias'],
  ['gradAlpha', 'alpha.grad', 'alpha'],
];

/**
 * A Python script that makes the shown case in PyTorch, in float64: the norm in its convention, the gradients that autograd
 * gives, how far known outputs and gradients are from them, and `gradcheck`.
 *
 * @returns undefined for a partial rms_norm, which it has no few lines for
 * @throws  LimitError if a tensor is too large to be copied as text; ShapeError if the spec does not fit x
 */
export function torchSnippet(normCase: NormCase): string | undefined {
  const { spec, x, runningMean, runningVar, gradOutput } = normCase;
  if (spec.partial < 1) {
    return undefined;
  }
  const { axes, parted } = rowAxes(spec, x.shape.length);
  const held = isChannelKind(spec.kind) && !spec.training && runningMean && runningVar;
  const inputs = ['x', ...parameterRoles.filter((role) => normCase[role] !== undefined)];
  const values = parted ? 'parted' : 'x';
  const known = knownResults.filter(([role, , of]) => normCase[role] && inputs.includes(of));
  const scale = `${spec.weightOffset === 1 ? '(1 + weight)' : 'weight'}${broadcast(spec, x.shape)}`;
  return [
    'import torch',
    '',
    `x = ${float64Text(x)}.requires_grad_()`,
    ...inputs.slice(1).map((name) => `${name} = ${float64Text(normCase[name as CaseRole]!)}.requires_grad_()`),
    ...(spec.kind === 'dyt' && normCase.alpha === undefined ? ['alpha = 0.5'] : []),
    ...(held ? [`running_mean = ${float64Text(runningMean)}`, `running_var = ${float64Text(runningVar)}`] : []),
    `grad_output = ${gradOutput ? float64Text(gradOutput) : 'torch.ones_like(x)'}`,
    `dims, n, eps = (${axes.join(', ')},), ${rowExtent(spec, x.shape).cols}, ${formatExactly(spec.eps)}`,
    '',
    '',
    `def norm(${inputs.join(', ')}):`,
    ...[
      ...(parted ? [`parted = x.unflatten(${parted.axis}, (${parted.parts}, -1))`] : []),
      ...(held ? heldLines(spec, x.shape) : normLines(spec, values)),
      ...(parted ? [`y = y.flatten(${parted.axis}, ${parted.axis + 1})`] : []),
      ...(inputs.includes('weight') ? [`y = y * ${scale}`] : []),
      ...(inputs.includes('bias') ? [`y = y + bias${broadcast(spec, x.shape)}`] : []),
      'return y',
    ].map((line) => `    ${line}`),
    '',
    '',
    `y = norm(${inputs.join(', ')})`,
    'y.backward(grad_output)',
    'print("y", y.detach())',
    ...inputs.map((name) => `print("gradient of ${name}", ${name}.grad)`),
    ...known.map(
      ([role, made]) =>
        `print("largest difference of ${role}", (${made} - ${float64Text(normCase[role]!)}.reshape(${made}.shape)).abs().max().item())`,
    ),
    `print("gradcheck", torch.autograd.gradcheck(norm, (${inputs.join(', ')},)))`,
    '',
  ].join('\n');
}

/** The lines that make y before weight and bias of `values`, whose `dims` are normalized. */
function normLines(spec: NormSpec, values: string): string[] {
  const { kind, divisor, secondMoment } = spec;
  const centre = `centred = ${values} - ${values}.mean(dims, keepdim=True)`;
  const quotient = (of: string, measured: string, divided: string) => [
    `squared = ${measured}.pow(2).sum(dims, keepdim=True)${divided}`,
    `y = ${of} / ${denominator(spec, 'squared')}`,
  ];
  const mean = ` / ${divisor === 'n' ? 'n' : '(n - 1)'}`;
  if (kind === 'dyt') {
    return ['y = torch.tanh(alpha * x)'];
  }
  if (isCentred(kind)) {
    return [centre, ...quotient('centred', 'centred', mean)];
  }
  if (kind !== 'rms_norm') {
    return quotient(values, values, '');
  }
  return secondMoment === 'central' ? [centre, ...quotient(values, 'centred', mean)] : quotient(values, values, mean);
}

/** The lines of a norm by the statistics that it has kept. */
function heldLines(spec: NormSpec, shape: Shape): string[] {
  const along = broadcast(spec, shape);
  return [`y = (x - running_mean${along}) / ${denominator(spec, `running_var${along}`)}`];
}

function denominator({ epsPlace }: NormSpec, squared: string): string {
  return {
    inside: `torch.sqrt(${squared} + eps)`,
    outside: `(torch.sqrt(${squared}) + eps)`,
    clamp: `torch.sqrt(${squared}).clamp(min=eps)`,
  }[epsPlace];
}

/** What makes weight and bias run along their axes of x; nothing where these are its last. */
function broadcast({ kind, axes, channelAxis }: NormSpec, shape: Shape): string {
  const along = resolveAxes(isChannelKind(kind) ? [channelAxis] : axes, shape.length);
  const isTrailing = along.join() === resolveAxes(trailingAxes(along.length), shape.length).join();
  if (kind === 'scale_norm' || isTrailing) {
    return '';
  }
  const lengths = shape.map((length, axis) => (along.includes(axis) ? length : 1)).slice(along[0]);
  return `.reshape(${lengths.join(', ')})`;
}

function float64Text(tensor: Tensor): string {
  return copyAs({ ...tensor, dtype: 'float64', values: toFloat64(tensor) }, 'pytorch');
}
