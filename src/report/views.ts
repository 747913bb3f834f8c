import { batchReport } from './batchReport';
import { conventionsReport } from './conventionsReport';
import { distributionReport } from './distributionReport';
import { geometryReport } from './geometryReport';
import type { NormRun } from './normRun';
import { precisionReport } from './precisionReport';
import type { ViewReport } from './viewReport';

/** What a person chose in the views. */
export interface ViewOptions {
  readonly row?: number;
  readonly scope: 'all' | 'row' | 'feature';
  readonly feature: number;
  /** Share of the shortest sequence that is padding, below 1. */
  readonly padding: number;
  /** Name of the preset that the convention is held against. */
  readonly preset?: string;
}

/** The views of one tensor that are made of sentences, numbers, charts and tables. */
export const reportViews = {
  distribution: (run, options) => distributionReport(run, options),
  geometry: (run, { row }) => geometryReport(run, row),
  precision: (run, { row }) => precisionReport(run, row),
  conventions: (run, { preset }) => conventionsReport(run, preset),
  batch: (run, { padding }) => batchReport(run, padding),
} satisfies Record<string, (run: NormRun, options: ViewOptions) => ViewReport>;

/** The name of one of these views. */
export type ReportView = keyof typeof reportViews;
