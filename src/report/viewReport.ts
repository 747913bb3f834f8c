import type { NormSpec } from '../norm/normSpec';
import type { Shape } from '../tensor/shape';

/** A view that needs no component of its own: sentences first, then numbers, charts and tables. */
export interface ViewReport {
  readonly sentences: readonly ViewSentence[];
  readonly facts: readonly ViewFact[];
  readonly heatmaps?: readonly ViewHeatmap[];
  readonly charts: readonly ViewChart[];
  readonly tables: readonly ViewTable[];
  /** What else the report could be made against, and what it was. */
  readonly choice?: ViewChoice;
}

/** One of several things to be chosen from a dropdown. */
export interface ViewChoice {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** One sentence of what is seen, with its number; `advice` says what to do about it. */
export interface ViewSentence {
  readonly text: string;
  readonly severity?: ViewSeverity;
  readonly advice?: string;
  /** Where what it speaks of stands, in both compared files; the label is "Show in port.safetensors". */
  readonly places?: readonly (ComparedPlace & { readonly label: string })[];
  /** The tensor it speaks of, where that can be turned to, and the row of it. */
  readonly tensor?: string;
  readonly row?: number;
  /** A convention that can be taken over as the one shown, and what the link that does so says. */
  readonly take?: { readonly label: string; readonly spec: NormSpec };
}

/** An element in one of two compared files or texts. */
export interface ComparedPlace {
  readonly side: 0 | 1;
  readonly tensor: string;
  /** The row of the last axis that the element stands in. */
  readonly row: number;
  /** Along the last axis. */
  readonly column: number;
}

/** How much a sentence or a row of a table matters; `pass` where something was held against a limit and kept it. */
export type ViewSeverity = 'error' | 'warning' | 'info' | 'pass';

/** A headline number. */
export interface ViewFact {
  readonly name: string;
  readonly value: number | string;
  /** What it is held against: "limit 1e-7", "of 128". */
  readonly note?: string;
}

/** A chart over rows, features, or a quantity that runs on. */
export interface ViewChart {
  /** A plain statement of what is drawn. */
  readonly title: string;
  readonly x: ViewAxis;
  readonly y: { readonly title: string; readonly scale: 'linear' | 'log' | 'byRange' };
  readonly series: readonly ViewSeries[];
  /** Each point follows from the one before, as layer from layer: few of them are joined by a line too. */
  readonly isPath?: boolean;
  /** Dashed lines, in the colour of the series they are the limit of: across the chart, or along the y axis at an x. */
  readonly limits?: readonly {
    readonly name: string;
    readonly look: Look;
    readonly value: number;
    readonly at?: 'x' | 'y';
  }[];
  /** Positions that stand out. */
  readonly marks?: readonly { readonly position: number; readonly severity: 'error' | 'warning' | 'info' }[];
  /** What a click on a point selects. */
  readonly picks?: 'row' | 'feature';
}

/** The x axis: indices of rows or features, or a quantity on a linear or logarithmic scale. */
export interface ViewAxis {
  readonly title: string;
  /** Ascending. */
  readonly positions: Float64Array | Uint32Array;
  readonly scale: 'index' | 'linear' | 'log';
  /** What one position is called: "Row", "ε". */
  readonly noun: string;
  /** Axes that an index stands for several of: row 5 of (2, 3) is row (1, 2). */
  readonly shape?: Shape;
  /** How many positions there are, where not all of them are drawn. */
  readonly count?: number;
}

/** How a series looks: its colour, the shape of its points and its dashes. */
export type Look = 'before' | 'after' | 'third' | 'fourth';

/** One series of a chart. */
export interface ViewSeries {
  readonly name: string;
  readonly look: Look;
  /** One per position; null where there is no point. */
  readonly values: ArrayLike<number | null>;
  /** Drawn as steps, each as wide as its bin: a histogram. */
  readonly stepped?: boolean;
}

/** A matrix of magnitudes as colours, from top left. */
export interface ViewHeatmap {
  /** A plain statement of what is drawn. */
  readonly title: string;
  readonly down: HeatmapAxis;
  readonly across: HeatmapAxis;
  /** What a cell's number is. */
  readonly name: string;
  /** (cells down × cells across) in C order, not negative; NaN where there is no telling. */
  readonly values: Float64Array;
}

/** Rows or columns of a heatmap. */
export interface HeatmapAxis {
  readonly noun: 'Row' | 'Feature';
  /** How many there are, and how many neighbours share a cell. */
  readonly length: number;
  readonly block: number;
  /** Axes that an index stands for several of: row 5 of (2, 3) is row (1, 2). */
  readonly shape?: Shape;
}

/** Numbers that are compared one by one. */
export interface ViewTable {
  readonly title: string;
  readonly columns: readonly string[];
  /** A row's cells, one per column; texts stand left, numbers right. */
  readonly rows: readonly (readonly (number | string)[])[];
  /** One per row, shown beside its first cell. */
  readonly severities?: readonly (ViewSeverity | undefined)[];
  /** The first cells can be clicked, to be looked at in detail in the same view. */
  readonly picks?: 'detail';
}

/** A report that has one thing to say and nothing to show. */
export function saying(text: string): ViewReport {
  return { sentences: [{ text }], facts: [], charts: [], tables: [] };
}
