import type { Dump } from '../../formats/dump';
import { undecodedNotes } from '../../formats/undecodedNotes';
import { networkOrder } from '../../norm/networkOrder';
import { findCases, type CaseNames } from '../../norm/sites';
import { isChannelKind } from '../../norm/normSpec';
import { dtypes } from '../../tensor/dtype';
import { deadFeatures } from './deadFeatures';
import { examineSites, type ExaminedSites } from './examineSites';
import type { Finding, FindingCode } from './finding';
import { growthFindings } from './growthFindings';
import { magnitudeFindings } from './magnitudeFindings';
import { nonFiniteFindings } from './nonFiniteFindings';
import { rangeFindings } from './rangeFindings';
import { residualFindings } from './residualFindings';
import { isActivationName, isMaskName } from './tensorNames';
import { scanTensor, type TensorScan } from './tensorScan';
import { unreadNorms } from './unreadNorms';
import { weightFindings } from './weightFindings';

/** What is worth attention in a dump. */
export interface FindingsReport {
  /** Errors first, then in the order of the network. */
  readonly findings: readonly Finding[];
  readonly tensorsScanned: number;
  /** Norms whose output, gradients, input and weights were examined. */
  readonly normsExamined: number;
  /** Sentences about what was passed over, and about guesses that the findings rest on. */
  readonly notes: readonly string[];
}

/** How a dump is diagnosed. */
export interface DiagnoseOptions {
  /** Codes that are not reported. */
  readonly ignore?: ReadonlySet<FindingCode>;
  readonly signal?: AbortSignal;
  /** Called with the name of what is read next, and how many of how many tensors and norms are done. */
  onProgress?(name: string, done: number, total: number): void;
}

/**
 * Reads a dump through and tells what is wrong with it or unusual: where NaN and Inf begin, magnitudes that stand out,
 * and for every norm whether output and gradients are those of its convention.
 *
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function diagnose(dump: Dump, options: DiagnoseOptions = {}): Promise<FindingsReport> {
  const { signal, ignore } = options;
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  const order = networkOrder([...refs.keys()], dump.metadata);
  const cases = findCases(dump.tensors, dump.metadata);
  const scanned = order.names.map((name) => refs.get(name)!).filter(({ dtype }) => dtypes[dtype].kind === 'float');
  const total = scanned.length + cases.length;
  const scans = [];
  for (const ref of scanned) {
    options.onProgress?.(ref.name, scans.length, total);
    scans.push(await scanTensor(ref, signal));
  }
  const sites = await examineSites(dump, cases, signal, (site, done) =>
    options.onProgress?.(site, scanned.length + done, total),
  );
  const ordered = [
    ...nonFiniteFindings(scans),
    ...magnitudeFindings(scans.filter(({ ref }) => isActivationName(ref.name) && !isMaskName(ref.name))),
  ];
  const residuals = await residualFindings(dump, sites.names, order.names, signal);
  const findings = [
    ...ordered,
    ...sites.findings,
    ...residuals,
    ...growthFindings(scans),
    ...deadFeatures(normInputs(sites.names, scans)),
    ...rangeFindings(sites.ranges),
    ...weightFindings(sites.weights),
  ].filter(({ code }) => !ignore?.has(code));
  return {
    findings: sorted(findings, order.names),
    tensorsScanned: scans.length,
    normsExamined: sites.names.length,
    notes: [
      ...undecodedNotes(dump),
      ...unreadNorms(dump.metadata, cases),
      ...sites.passedOver,
      ...(order.guessed && ordered.length > 0 ? ['The order of the network is guessed from the names.'] : []),
      ...conventionNotes(sites),
    ],
  };
}

/** What the conventions of the norms are known from, unless the file states them. */
function conventionNotes({ names, settled, guessed }: ExaminedSites): string[] {
  return [
    ...(settled > 0 ? [`The convention of ${share(settled, names.length)} is told by the output.`] : []),
    ...(guessed > 0 ? [`The convention of ${share(guessed, names.length)} is guessed from names and shapes.`] : []),
  ];
}

function share(count: number, of: number): string {
  return of === 1 ? 'the norm' : count === of ? `all ${of} norms` : `${count} of ${of} norms`;
}

/** The inputs of norms over the last axis, in the order of the network. */
function normInputs(cases: readonly CaseNames[], scans: readonly TensorScan[]): TensorScan[] {
  const inputs = new Set(cases.flatMap(({ kind, tensors }) => (isChannelKind(kind) ? [] : [tensors.x])));
  return scans.filter(({ ref }) => inputs.has(ref.name));
}

function sorted(findings: readonly Finding[], order: readonly string[]): Finding[] {
  const ranks = { error: 0, warning: 1, info: 2 };
  const places = new Map(order.map((name, i) => [name, i]));
  return [...findings].sort(
    (a, b) => ranks[a.severity] - ranks[b.severity] || places.get(a.tensor)! - places.get(b.tensor)!,
  );
}
