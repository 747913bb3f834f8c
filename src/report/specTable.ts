import type { Convention } from '../norm/conventionDifference';
import type { KeyEffect } from '../norm/conventionReason';
import type { Preset } from '../norm/presets';
import { specKeys } from '../norm/specKeys';
import { evaluationWords, specTerms } from '../norm/specTerms';
import { tellingColumns } from './tellingColumns';
import type { ViewTable } from './viewReport';

/** Two conventions key by key, and how far each part alone moves y. */
export function specTable(shown: Convention, preset: Preset, effects: readonly KeyEffect[]): ViewTable {
  const keys = [...new Set([...specKeys(shown.spec.kind), ...specKeys(preset.spec.kind)])];
  const effectOf = new Map(effects.map(({ key, maxAbs }) => [key, maxAbs]));
  const line = (key: KeyEffect['key'], name: string, ofShown: string, ofPreset: string) => ({
    cells: [name, ofShown, ofPreset, effectOf.get(key) ?? ''],
    severity: effectOf.has(key) ? ('info' as const) : undefined,
  });
  const lines = [
    ...keys.map((key) =>
      line(key, specTerms[key].name, specTerms[key].value(shown.spec), specTerms[key].value(preset.spec)),
    ),
    line('evaluation', 'order of evaluation', evaluationWords[shown.evaluation], evaluationWords[preset.evaluation]),
  ];
  const table = {
    title: `As shown and as ${preset.title} has it, part by part`,
    columns: ['Part', 'As shown', 'Preset', 'Alone moves y by'],
    rows: lines.map(({ cells }) => cells),
    severities: lines.map(({ severity }) => severity),
  };
  return tellingColumns(table, ['Alone moves y by']);
}
