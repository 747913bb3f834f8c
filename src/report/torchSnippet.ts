import type { CaseRole, NormCase } from '../norm/normCase';
import { trailingAxes, type NormSpec } from '../norm/normSpec';
import { elementCount } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { copyAs } from './copyAs';

/**
 * A Python script that makes the shown case in PyTorch, in float64: the norm in its convention, the gradients that autograd
 * gives, how far known outputs and gradients are from them, and `gradcheck`.
 *
 * @returns undefined for kinds and axes that it has no few lines for: those with channels, a partial rms_norm, and axes that are not the last
 * @throws  LimitError if a tensor is too large to be copied as text
 */
export function torchSnippet(normCase: NormCase): string | undefined {
  const { spec, x } = normCase;
  const lines = normLines(spec);
  if (lines === undefined || spec.axes.join() !== trailingAxes(spec.axes.length).join()) {
    return undefined;
  }
  const inputs = ['x', ...(['weight', 'bias', 'alpha'] as const).filter((role) => normCase[role] !== undefined)];
  const declared = inputs.map((name) => {
    const tensor = name === 'x' ? x : normCase[name as CaseRole]!;
    return `${name} = ${float64Text(tensor)}.requires_grad_()`;
  });
  const scale = spec.weightOffset === 1 ? '(1 + weight)' : 'weight';
  const known = (
    [
      ['output', 'y'],
      ['gradInput', 'x.grad'],
      ['gradWeight', 'weight.grad'],
      ['gradBias', 'bias.grad'],
    ] as const
  ).filter(([role, made]) => normCase[role] && (made === 'y' || inputs.includes(made.replace('.grad', ''))));
  const { gradOutput } = normCase;
  return [
    'import torch',
    '',
    ...declared,
    `grad_output = ${gradOutput ? float64Text(gradOutput) : 'torch.ones_like(x)'}`,
    `dims, n, eps = ${pythonTuple(spec.axes)}, ${elementCount(x.shape.slice(-spec.axes.length))}, ${spec.eps}`,
    '',
    '',
    `def norm(${inputs.join(', ')}):`,
    ...lines.map((line) => `    ${line}`),
    ...(inputs.includes('weight') ? [`    y = y * ${scale}`] : []),
    ...(inputs.includes('bias') ? ['    y = y + bias'] : []),
    '    return y',
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

/** The lines that make y before weight and bias; undefined for the kinds that have channels, and for a partial rms_norm. */
function normLines({ kind, divisor, epsPlace, secondMoment, partial }: NormSpec): string[] | undefined {
  const withEps = (squared: string, root: string) =>
    ({ inside: `torch.sqrt(${squared} + eps)`, outside: `${root} + eps`, clamp: `${root}.clamp(min=eps)` })[epsPlace];
  const rms = (values: string, measured = values) => {
    const mean = `${measured}.pow(2).sum(dims, keepdim=True) / ${divisor === 'n' ? 'n' : '(n - 1)'}`;
    return [`squared = ${mean}`, `y = ${values} / (${withEps('squared', 'torch.sqrt(squared)')})`];
  };
  if (partial < 1) {
    return undefined;
  }
  switch (kind) {
    case 'layer_norm':
      return ['centred = x - x.mean(dims, keepdim=True)', ...rms('centred')];
    case 'rms_norm':
      return secondMoment === 'central'
        ? ['centred = x - x.mean(dims, keepdim=True)', ...rms('x', 'centred')]
        : rms('x');
    case 'l2_norm':
    case 'scale_norm':
      return ['squared = x.pow(2).sum(dims, keepdim=True)', `y = x / (${withEps('squared', 'torch.sqrt(squared)')})`];
    case 'dyt':
      return ['y = torch.tanh(alpha * x)'];
    default:
      return undefined;
  }
}

function float64Text(tensor: Tensor): string {
  return copyAs({ ...tensor, dtype: 'float64', values: toFloat64(tensor) }, 'pytorch');
}

function pythonTuple(numbers: readonly number[]): string {
  return `(${numbers.join(', ')},)`;
}
