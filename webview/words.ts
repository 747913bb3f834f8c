import type { CaseRole, DumpView, GradientReport, NormKind, ReportView, RowMark, Tab } from '../src/protocol';
import { formatCount } from './format';

/** Display names of the norms. */
export const kindNames: Readonly<Record<NormKind, string>> = {
  layer_norm: 'LayerNorm',
  rms_norm: 'RMSNorm',
  batch_norm: 'BatchNorm',
  group_norm: 'GroupNorm',
  instance_norm: 'InstanceNorm',
  l2_norm: 'L2 norm',
  scale_norm: 'ScaleNorm',
  dyt: 'DyT',
};

/** What each norm takes of a row; DyT squashes by α instead. */
export const statisticsNames: Readonly<Record<NormKind, string>> = {
  layer_norm: 'μ and σ',
  rms_norm: 'the RMS',
  batch_norm: 'μ and σ',
  group_norm: 'μ and σ',
  instance_norm: 'μ and σ',
  l2_norm: 'the norm',
  scale_norm: 'the norm',
  dyt: 'α',
};

/** Display names of the views, in the order of their tabs. */
export const tabNames: Readonly<Record<Tab, string>> = {
  rows: 'Rows',
  affine: 'γ / β',
  gradients: 'Gradients',
  distribution: 'Distribution',
  geometry: 'Geometry',
  precision: 'Precision',
  conventions: 'Conventions',
  batch: 'Batch',
};

/** Display names of the views of a whole dump, or of two. */
export const overviewNames: Readonly<Record<DumpView, string>> = {
  findings: 'Findings',
  depth: 'Depth',
  simulation: 'Simulation',
  compare: 'Comparison',
};

/** What is being done while one of them is waited for. */
export const overviewDoing: Readonly<Record<DumpView, string>> = {
  findings: 'Reading the dump through …',
  depth: 'Following the layers …',
  simulation: 'Running a random network …',
  compare: 'Comparing tensor by tensor …',
};

/** What is being done while a view is waited for. */
export const viewDoing: Readonly<Record<ReportView, string>> = {
  distribution: 'Counting the values …',
  geometry: 'Measuring the Jacobian …',
  precision: 'Sweeping ε …',
  conventions: 'Holding conventions against each other …',
  batch: 'Normalizing over the batch …',
};

/** What a tensor beside x is called; the symbol first, the field's name after it. */
export const roleNames: Readonly<Record<CaseRole, string>> = {
  weight: 'γ weight',
  bias: 'β bias',
  runningMean: 'μ running',
  runningVar: 'σ² running',
  numBatchesTracked: 'batches tracked',
  alpha: 'α',
  gradOutput: 'dy given',
  output: 'y',
  gradInput: 'dx',
  gradWeight: 'dγ',
  gradBias: 'dβ',
  gradAlpha: 'dα',
};

/** Display names of the gradients. */
export const gradientNames: Readonly<Record<GradientReport['name'], string>> = {
  gradInput: 'dx',
  gradWeight: 'dγ',
  gradBias: 'dβ',
  gradAlpha: 'dα',
};

/** What is said of all rows that stand out for one reason. */
export function describeMarks(code: RowMark['code'], count: number): string {
  const one = count === 1;
  const said: Record<RowMark['code'], string> = {
    'nan-origin': one ? 'holds NaN' : 'hold NaN',
    'inf-origin': one ? 'holds Inf' : 'hold Inf',
    'constant-row': one ? 'is constant' : 'are constant',
    'eps-dominated': one ? 'is dominated by ε' : 'are dominated by ε',
    'outlier-row': one ? 'is far from the others' : 'are far from the others',
  };
  return `${formatCount(count, 'row')} ${said[code]}`;
}

/** What the button says that shows where the values come from. */
export function sourceLabel(inText: boolean): string {
  return inText ? 'Show in Text' : 'Open as Text';
}
