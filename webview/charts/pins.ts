import type { ChartModel } from './chartModel';

/** A value that has no place on the scale and is drawn on the edge of the chart instead. */
export type Pin = 'nan' | 'posInf' | 'negInf' | 'zero';

const severity: Readonly<Record<Pin, number>> = { nan: 3, posInf: 2, negInf: 1, zero: 0 };

/** The pins by position in the model; of several series at one position the worst. */
export function pinsOf({ series, x }: ChartModel, log: boolean): (Pin | undefined)[] {
  const pins = new Array<Pin | undefined>(x.positions.length).fill(undefined);
  for (const { values } of series) {
    for (let i = 0; i < pins.length; i++) {
      const value = values[i];
      const pin = value === null ? undefined : pinOf(value, log);
      const present = pins[i];
      if (pin !== undefined && (present === undefined || severity[pin] > severity[present])) {
        pins[i] = pin;
      }
    }
  }
  return pins;
}

/** The y of a point on the scale: NaN, which draws nothing, for what is missing or pinned. */
export function placeOf(value: number | null, log: boolean): number {
  return value === null || pinOf(value, log) !== undefined ? NaN : value;
}

function pinOf(value: number, log: boolean): Pin | undefined {
  if (Number.isNaN(value)) {
    return 'nan';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'posInf' : 'negInf';
  }
  return log && value === 0 ? 'zero' : undefined;
}
