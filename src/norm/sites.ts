import { dtypes, type DType } from '../tensor/dtype';
import { elementCount, formatShape, type Shape } from '../tensor/shape';
import { featureRoles, scalarRoles, type CaseRole } from './normCase';
import { defaultEps, isChannelKind, normKinds, type NormKind, type NormSpec } from './normSpec';
import { statedNorms, type StatedNorm } from './statedNorms';

/** A tensor as its file lists it. */
export interface NamedShape {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Names of the tensors that belong together as one norm. */
export interface CaseNames {
  /** What their names have in common, "blocks.3.ln1"; empty for bare names such as x, weight, bias. */
  readonly site: string;
  readonly kind: NormKind;
  readonly eps: number;
  /** What the file states of the convention beside the kind; absent if it says nothing of the site. */
  readonly stated?: Partial<NormSpec>;
  /** True unless both kind and eps are stated by the file. */
  readonly guessed: boolean;
  readonly tensors: { readonly x: string } & { readonly [role in CaseRole]?: string };
}

/** What the last part of a name says of a tensor's role. */
const roleWords: readonly [role: 'x' | CaseRole, words: RegExp][] = [
  ['gradOutput', /^(?:grad_?out(?:put)?|d_?y|d_?out(?:put)?)$/],
  ['gradInput', /^(?:grad_?in(?:put)?|grad_?x|d_?x)$/],
  ['gradWeight', /^(?:grad_?(?:weight|gamma|scale)|d_?(?:weight|gamma|scale|w))$/],
  ['gradBias', /^(?:grad_?(?:bias|beta)|d_?(?:bias|beta|b))$/],
  ['gradAlpha', /^(?:grad_?alpha|d_?alpha)$/],
  ['x', /^(?:input|x|in)$/],
  ['runningMean', /^running_?mean$/],
  ['runningVar', /^running_?var(?:iance)?$/],
  ['numBatchesTracked', /^num_?batches_?tracked$/],
  ['alpha', /^alpha$/],
  ['output', /^(?:output|y|out)$/],
  ['weight', /^(?:weight|gamma|scale|w)$/],
  ['bias', /^(?:bias|beta|b)$/],
];

/** What a site's name says of its kind. "norms" and "transforms" are no "rms". */
const rmsNorm = /(?<![A-Za-z])rms|R(?:MS|ms)|rmsnorm/;
const layerNorm = /layer_?norm|(?:^|[._/])ln(?:[\d._/]|$)/i;
const batchNorm = /batch_?norm|(?:^|[._/])bn(?:[\d._/]|$)/i;
const anyNorm = /norm/i;
/** What transformers calls the RMSNorm of LLaMA and most models after it; the layer_norm of others has a bias. */
const llamaNorm = /(?:input|post_attention|pre_feedforward|post_feedforward)_layernorm$/;

/**
 * The role that a tensor's name, or an object's key, gives it: "blocks.0.ln1.grad_output" is a gradOutput, "gamma" a
 * weight. Case and the style of joining words do not matter.
 *
 * @returns undefined if the name says nothing of the kind
 */
export function roleOf(name: string): 'x' | CaseRole | undefined {
  return splitName(name)?.role;
}

/**
 * The norms among the tensors of a file, in the order in which their first tensors stand there.
 *
 * Tensors belong together that differ only in the last part of their names. Such a group is a norm if the file's
 * metadata `norms` (JSON: site → {op, eps, …}) says so; or if it has an input, a weight that fits the input's last
 * axes (for a batch_norm its channels), and no statement to the contrary; or if it is named as one ("ln_f", "norm1"). Tensors whose shape does not fit
 * are left out of a guessed norm. Without metadata, kind and eps are guessed: the kind from a scalar α (dyt), the site's name or
 * running statistics, else layer_norm if there is a bias or no weight, else rms_norm.
 */
export function findCases(
  tensors: readonly NamedShape[],
  metadata: Readonly<Record<string, string>> = {},
): CaseNames[] {
  const stated = statedNorms(metadata);
  const groups = new Map<string, Map<'x' | CaseRole, NamedShape>>();
  for (const tensor of tensors) {
    const split = splitName(tensor.name);
    if (split === undefined) {
      continue;
    }
    const group = groups.get(split.site) ?? new Map<'x' | CaseRole, NamedShape>();
    groups.set(split.site, group);
    if (!group.has(split.role)) {
      group.set(split.role, tensor);
    }
  }
  const cases: CaseNames[] = [];
  for (const [site, group] of groups) {
    const found = caseOf(site, group, stated.get(site));
    if (found !== undefined) {
      cases.push(found);
    }
  }
  return cases;
}

function caseOf(
  site: string,
  group: Map<'x' | CaseRole, NamedShape>,
  stated: StatedNorm | undefined,
): CaseNames | undefined {
  const x = group.get('x');
  const statedKind = normKinds.find((kind) => kind === stated?.op);
  const isOfOtherKind = stated !== undefined && statedKind === undefined;
  if (x === undefined || x.shape.length === 0 || dtypes[x.dtype].kind === 'complex' || isOfOtherKind) {
    return undefined;
  }
  const kind = statedKind ?? guessKind(site, group);
  // Which channels make a group cannot be guessed.
  if (kind === 'group_norm' && stated?.spec.numGroups === undefined) {
    return undefined;
  }
  const fitting = stated === undefined ? fittingRoles(x, group, kind) : group;
  if (fitting === undefined || (stated === undefined && !looksLikeNorm(site, fitting))) {
    return undefined;
  }
  const names = Object.fromEntries([...fitting].map(([role, { name }]) => [role, name]));
  return {
    site,
    kind,
    eps: stated?.spec.eps ?? defaultEps[kind],
    stated: stated?.spec,
    guessed: stated?.spec.eps === undefined,
    tensors: { ...names, x: x.name },
  };
}

/** The roles whose shapes fit x; undefined if the weight or the bias does not, since then this is another layer. */
function fittingRoles(
  x: NamedShape,
  group: Map<'x' | CaseRole, NamedShape>,
  kind: NormKind,
): Map<'x' | CaseRole, NamedShape> | undefined {
  const affine = group.get('weight') ?? group.get('bias');
  const ofChannels = isChannelKind(kind);
  const featureShape = ofChannels ? x.shape.slice(1, 2) : (affine?.shape ?? x.shape.slice(-1));
  const bias = group.get('bias');
  const fits = (tensor: NamedShape, shape: Shape) => formatShape(tensor.shape) === formatShape(shape);
  if (
    featureShape.length === 0 ||
    featureShape.length > x.shape.length ||
    (!ofChannels && formatShape(x.shape.slice(x.shape.length - featureShape.length)) !== formatShape(featureShape)) ||
    [affine, bias].some((tensor) => tensor !== undefined && !fits(tensor, featureShape))
  ) {
    return undefined;
  }
  return new Map(
    [...group].filter(([role, tensor]) =>
      scalarRoles.has(role)
        ? elementCount(tensor.shape) === 1
        : fits(tensor, featureRoles.has(role) ? featureShape : x.shape),
    ),
  );
}

function looksLikeNorm(site: string, roles: ReadonlyMap<'x' | CaseRole, NamedShape>): boolean {
  return roles.has('weight') || isNormName(site) || (site === '' && roles.size > 1);
}

/** True if the name of a site says that it is a norm. */
export function isNormName(site: string): boolean {
  return [anyNorm, rmsNorm, layerNorm, batchNorm].some((words) => words.test(site));
}

function guessKind(site: string, roles: ReadonlyMap<'x' | CaseRole, NamedShape>): NormKind {
  const alpha = roles.get('alpha');
  if (alpha && elementCount(alpha.shape) === 1) {
    return 'dyt';
  }
  if (rmsNorm.test(site) || (llamaNorm.test(site) && !roles.has('bias'))) {
    return 'rms_norm';
  }
  if (layerNorm.test(site)) {
    return 'layer_norm';
  }
  if (batchNorm.test(site) || roles.has('runningVar')) {
    return 'batch_norm';
  }
  return roles.has('weight') && !roles.has('bias') ? 'rms_norm' : 'layer_norm';
}

/** Site and role of a name: the role is the longest last part that is a role's word. */
function splitName(name: string): { site: string; role: 'x' | CaseRole } | undefined {
  for (const { site, word } of splits(name)) {
    const role = roleWords.find(([, words]) => words.test(word.toLowerCase()))?.[0];
    if (role !== undefined) {
      return { site, role };
    }
  }
  return undefined;
}

/** The ways to cut a name into site and role word, longest word first; words of a role are at most three. */
function splits(name: string): { site: string; word: string }[] {
  const cuts = [...name.matchAll(/[./_]/g)].map((match) => match.index).slice(-3);
  const parts = cuts.map((cut) => ({ site: name.slice(0, cut), word: name.slice(cut + 1) }));
  return [{ site: '', word: name }, ...parts];
}
