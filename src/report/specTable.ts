import type { Convention } from '../norm/conventionDifference';
import type { KeyEffect } from '../norm/conventionReason';
import type { NormSpec } from '../norm/normSpec';
import type { Preset } from '../norm/presets';
import { specKeys } from '../norm/specKeys';
import { formatNumber } from './formatNumber';
import type { ViewTable } from './viewReport';

type Words = { readonly [key in keyof NormSpec]: readonly [name: string, value: (spec: NormSpec) => string] };

/** What a key is called, and its value in words. */
const words: Words = {
  kind: ['norm', ({ kind }) => kind],
  axes: ['axes', ({ axes }) => axes.join(', ')],
  channelAxis: ['channel axis', ({ channelAxis }) => String(channelAxis)],
  numGroups: ['groups', ({ numGroups }) => String(numGroups)],
  eps: ['ε', ({ eps }) => exactly(eps)],
  epsPlace: ['divided by', ({ epsPlace }) => denominator(epsPlace, 'ε')],
  divisor: ['squares divided by', ({ divisor }) => divisor.replace('-', ' − ')],
  weightOffset: ['multiplied by', ({ weightOffset }) => (weightOffset === 1 ? '1 + γ' : 'γ')],
  training: ['statistics', ({ training }) => (training ? 'of the batch' : 'running, where known')],
  momentum: ['momentum', ({ momentum }) => exactly(momentum)],
  momentumOf: ['momentum multiplies', ({ momentumOf }) => (momentumOf === 'new' ? 'the batch’s' : 'those so far')],
  runningDivisor: ['running variance over', ({ runningDivisor }) => runningDivisor.replace('-', ' − ')],
  computeDtype: ['computed in', ({ computeDtype }) => computeDtype],
  castOrder: ['rounded to x’s dtype', ({ castOrder }) => (castOrder === 'before-weight' ? 'x̂, then y' : 'y alone')],
};

/** Two conventions key by key, and how far each part alone moves y. */
export function specTable(shown: Convention, preset: Preset, effects: readonly KeyEffect[]): ViewTable {
  const keys = [...new Set([...specKeys(shown.spec.kind), ...specKeys(preset.spec.kind)])];
  const effectOf = new Map(effects.map(({ key, maxAbs }) => [key, maxAbs]));
  const line = (key: KeyEffect['key'], name: string, ofShown: string, ofPreset: string) => ({
    cells: [name, ofShown, ofPreset, effectOf.get(key) ?? ''],
    severity: effectOf.has(key) ? ('info' as const) : undefined,
  });
  const lines = [
    ...keys.map((key) => line(key, words[key][0], words[key][1](shown.spec), words[key][1](preset.spec))),
    line('evaluation', 'order of evaluation', shown.evaluation, preset.evaluation),
  ];
  return {
    title: `As shown and as ${preset.title} has it, part by part`,
    columns: ['part', 'as shown', 'preset', 'alone moves y by'],
    rows: lines.map(({ cells }) => cells),
    severities: lines.map(({ severity }) => severity),
  };
}

/** What is divided by, for a variance or mean square v. */
export function denominator(place: NormSpec['epsPlace'], eps: string): string {
  return { inside: `√(v + ${eps})`, outside: `√v + ${eps}`, clamp: `max(√v, ${eps})` }[place];
}

/** With all its digits where four are not all. */
function exactly(value: number): string {
  const short = formatNumber(value);
  return Number(short) === value ? short : String(value);
}
