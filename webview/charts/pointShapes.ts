import type { PointStyle } from 'chart.js';
import type { Look } from '../../src/protocol';
import type { Pin } from './pins';

/** The form of a point, in Chart.js's words. */
export interface PointShape {
  readonly style: PointStyle & string;
  readonly filled: boolean;
  /** Degrees, clockwise. */
  readonly rotation?: number;
}

/** Series differ in the form of their points, not in colour alone. */
export const seriesShapes: Readonly<Record<Look, PointShape>> = {
  before: { style: 'circle', filled: false },
  after: { style: 'triangle', filled: true },
  third: { style: 'rect', filled: true },
  fourth: { style: 'star', filled: false },
};

/** Dashes of the line through a series: line and gap in pixels. */
export const seriesDashes: Readonly<Record<Look, readonly number[]>> = {
  before: [],
  after: [],
  third: [6, 3],
  fourth: [2, 2],
};

/** Values on the edge of a chart: a cross, triangles that point to where the value is, a dash for 0 below a logarithm. */
export const pinShapes: Readonly<Record<Pin, PointShape>> = {
  nan: { style: 'crossRot', filled: false },
  posInf: { style: 'triangle', filled: true },
  negInf: { style: 'triangle', filled: true, rotation: 180 },
  zero: { style: 'line', filled: false },
};

/** A point that stands out. */
export const markShape: PointShape = { style: 'rectRot', filled: true };
