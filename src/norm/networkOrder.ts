import { roleOf } from './sites';
import { byTrainingStep, maskStep } from './trainingStep';

/** Names of tensors in the order in which a network computes them. */
export interface NetworkOrder {
  readonly names: readonly string[];
  /** True where the file does not state the order. */
  readonly guessed: boolean;
}

/** Where the parts of a network outside its numbered blocks stand. */
const early = /(?:^|[._/])(?:tokens|input_ids|wte|wpe|embed\w*|tok_\w+|patch\w*)(?:[._/]|$)/i;
const late = /(?:^|[._/])(?:logits|lm_head|head|loss|output)(?:[._/]|$)/i;

/** The steps of a block, in the order of pre- and of post-norm networks alike, as libraries name them. */
const steps: readonly RegExp[] = [
  /^(?:ln_?1|norm_?1|input_layernorm|attention_norm|attn_norm|self_attn_layer_norm|layernorm_before)/i,
  /^(?:q_norm|k_norm)/i,
  /^(?:self_attn|attn|attention|mixer|token_mixer)/i,
  /^(?:resid_mid|post_attn\w*|resid_1)/i,
  /^(?:ln_?2|norm_?2|post_attention_layernorm|ffn_norm|mlp_norm|final_layer_norm|layernorm_after|pre_feedforward_layernorm)/i,
  /^(?:mlp|ffn|feed_forward|moe)/i,
  /^post_feedforward_layernorm/i,
  /^(?:resid_post|resid_2|resid|output|out)$/i,
];

/** The tensors of one module, as they are computed. */
const roleSteps = ['x', 'weight', 'bias', 'output'];
const gradientSteps = ['gradOutput', 'gradInput', 'gradWeight', 'gradBias'];

/**
 * The order in which a network computes the tensors of a dump.
 *
 * Metadata `order` (JSON: names) states it. Names it misses follow; and gradients come last, from the last module to the
 * first, unless it has them so: files that list a module with its gradients state the order of modules, not of the
 * backward pass. Without metadata the order is guessed: embeddings, numbered blocks with the steps that libraries
 * call by these names, final norm, head. Of a dump of several training steps, each step is ordered by itself.
 */
export function networkOrder(names: readonly string[], metadata: Readonly<Record<string, string>> = {}): NetworkOrder {
  const present = new Set(names);
  const stated = statedOrder(metadata).filter((name) => present.has(name));
  const known = new Set(stated);
  const rest = names.filter((name) => !known.has(name));
  const guess = rest
    .map((name, i) => ({ name, key: keyOf(name), i }))
    .sort((a, b) => compareKeys(a.key, b.key) || a.i - b.i);
  const all = [...stated, ...guess.map(({ name }) => name)];
  return {
    names: byTrainingStep(all, (name) => name).flatMap(([, ofStep]) => backwardLast(ofStep)),
    guessed: stated.length === 0,
  };
}

function statedOrder(metadata: Readonly<Record<string, string>>): string[] {
  try {
    const order: unknown = JSON.parse(Object.hasOwn(metadata, 'order') ? metadata.order : '[]');
    return Array.isArray(order) ? order.filter((name) => typeof name === 'string') : [];
  } catch {
    return []; // Broken metadata does no harm: the order is guessed then.
  }
}

/** Moves gradients behind the forward pass, modules last to first, unless they stand there already. */
function backwardLast(names: readonly string[]): string[] {
  const isGradient = (name: string) => roleOf(name)?.startsWith('grad') ?? false;
  const firstGradient = names.findIndex(isGradient);
  if (firstGradient < 0 || names.slice(firstGradient).every(isGradient)) {
    return [...names];
  }
  const modules = new Map<string, string[]>();
  for (const name of names.filter(isGradient)) {
    const site = siteOf(name);
    modules.set(site, [...(modules.get(site) ?? []), name]);
  }
  const backward = [...modules.values()].reverse();
  backward.forEach((module) => module.sort((a, b) => gradientStep(a) - gradientStep(b)));
  return [...names.filter((name) => !isGradient(name)), ...backward.flat()];
}

function gradientStep(name: string): number {
  return gradientSteps.indexOf(roleOf(name) ?? '');
}

/** Everything but the last part of a name. */
function siteOf(name: string): string {
  return name.replace(/[._/]?[^./]*$/, '');
}

/** Part of the network, block, step, role: compared one after the other. */
function keyOf(fullName: string): number[] {
  const name = maskStep(fullName);
  const block = /(?:^|[._/])(\d+)(?:[._/]|$)/.exec(name);
  const inBlock = block ? name.slice(block.index + block[0].length) : '';
  const step = steps.findIndex((pattern) => pattern.test(inBlock));
  const part = block ? 1 : early.test(name) ? 0 : late.test(siteOf(name) || name) ? 3 : 2;
  const role = roleSteps.indexOf(roleOf(name) ?? '');
  return [part, block ? Number(block[1]) : 0, step < 0 ? steps.length : step, role];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((value, i) => value !== b[i]);
  return differing < 0 ? 0 : a[differing] - b[differing];
}
