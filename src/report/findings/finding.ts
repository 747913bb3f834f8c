/** How much a finding matters: an error is a fault, a warning may be one, an info is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** What a finding is of; these words are a contract of the command line and of settings that silence them. */
export const findingCodes = [
  'nan-origin',
  'inf-origin',
  'eps-dominated',
  'eps-vanishes',
  'constant-row',
  'dead-feature',
  'massive-activation',
  'outlier-feature',
  'half-headroom',
  'half-overflow',
  'half-statistics',
  'squares-overflow',
  'variance-cancellation',
  'already-normalized',
  'weight-folded',
  'weight-offset',
  'unusual-weight',
  'unbiased-variance',
  'eps-outside',
  'eps-differs',
  'kind-differs',
  'wrong-axis',
  'norm-scope',
  'group-order',
  'bias-omitted',
  'input-overwritten',
  'residual-normalized',
  'residual-growth',
  'output-differs',
  'backward-naive',
  'backward-no-mean-correction',
  'backward-no-variance-correction',
  'backward-differs',
  'grad-weight-wrong-axis',
  'grad-weight-differs',
  'grad-bias-differs',
  'grad-alpha-differs',
] as const;
/** One of these codes. */
export type FindingCode = (typeof findingCodes)[number];

/** Where in its tensor; what does not apply is absent. */
export interface FindingPlace {
  /** Indices of elements, the first ones. */
  readonly elements?: readonly (readonly number[])[];
  /** Indices of rows along all axes but the normalized ones, the first ones. */
  readonly rows?: readonly (readonly number[])[];
  /** Indices along the last axis, the first ones. */
  readonly features?: readonly number[];
}

/** One thing worth a person's attention. */
export interface Finding {
  readonly severity: Severity;
  readonly code: FindingCode;
  /** The tensor at fault. */
  readonly tensor: string;
  readonly where: FindingPlace;
  /** What is seen, with number and place, and why it matters. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Rows, features and elements that a finding lists by index; its message counts the rest. */
export const shownPlaces = 64;

/** Elements as a place: with the rows of the last axis and the features that they are in. */
export function placesOf(elements: readonly (readonly number[])[]): FindingPlace {
  const first = elements.slice(0, shownPlaces);
  const rows = new Map(first.map((index) => [index.slice(0, -1).join(), index.slice(0, -1)]));
  const features = new Set(first.flatMap((index) => index.slice(-1)));
  return { elements: first, rows: [...rows.values()], features: [...features].sort((a, b) => a - b) };
}
