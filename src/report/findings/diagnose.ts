import type { Dump } from '../../formats/dump';
import { undecodedNotes } from '../../formats/undecodedNotes';
import { networkOrder } from '../../norm/networkOrder';
import { oddNorms, type SettledNorm } from '../../norm/oddNorms';
import { findCases, type CaseNames } from '../../norm/sites';
import { isChannelKind } from '../../norm/normSpec';
import { dtypes } from '../../tensor/dtype';
import { deadFeatures } from './deadFeatures';
import type { Finding, FindingCode } from './finding';
import { gradientFindings } from './gradientFindings';
import { growthFindings } from './growthFindings';
import { inputFindings } from './inputFindings';
import { magnitudeFindings } from './magnitudeFindings';
import { nonFiniteFindings } from './nonFiniteFindings';
import { readSite } from './normSite';
import { outputFindings } from './outputFindings';
import { rangeFindings, rangeOf, type SiteRange } from './rangeFindings';
import { residualFindings } from './residualFindings';
import { isActivationName, isMaskName } from './tensorNames';
import { scanTensor, type TensorScan } from './tensorScan';
import { unreadNorms } from './unreadNorms';
import { weightFindings, weightsOf, type SiteWeights } from './weightFindings';

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
  const siteFindings: Finding[] = [];
  const weights: SiteWeights[] = [];
  const ranges: SiteRange[] = [];
  const passedOver: string[] = [];
  const examined: CaseNames[] = [];
  let guesses = 0;
  const settled: SettledNorm[] = [];
  for (const [i, names] of cases.entries()) {
    options.onProgress?.(names.site, scanned.length + i, total);
    const site = await readSite(dump, names, signal);
    if (typeof site === 'string') {
      passedOver.push(site);
    } else if (site !== undefined) {
      examined.push(names);
      guesses += site.guessed ? 1 : 0;
      if (site.toldBy === 'output') {
        settled.push({ names, spec: site.normCase.spec });
      }
      const ofOutput = outputFindings(site);
      siteFindings.push(...ofOutput, ...gradientFindings(site), ...inputFindings(site));
      // What has happened need not be warned of.
      ranges.push(
        ...(ofOutput.some(({ code }) => code === 'half-statistics' || code === 'squares-overflow')
          ? []
          : [rangeOf(site)]),
      );
      weights.push(...[weightsOf(site) ?? []].flat());
    }
  }
  for (const { names, spec } of oddNorms(settled)) {
    const site = await readSite(dump, names, signal, spec);
    siteFindings.push(...(typeof site === 'object' ? outputFindings(site) : []));
  }
  const ordered = [
    ...nonFiniteFindings(scans),
    ...magnitudeFindings(scans.filter(({ ref }) => isActivationName(ref.name) && !isMaskName(ref.name))),
  ];
  const residuals = await residualFindings(dump, examined, order.names, signal);
  const findings = [
    ...ordered,
    ...siteFindings,
    ...residuals,
    ...growthFindings(scans),
    ...deadFeatures(normInputs(examined, scans)),
    ...rangeFindings(ranges),
    ...weightFindings(weights),
  ].filter(({ code }) => !ignore?.has(code));
  return {
    findings: sorted(findings, order.names),
    tensorsScanned: scans.length,
    normsExamined: examined.length,
    notes: [
      ...undecodedNotes(dump),
      ...unreadNorms(dump.metadata, cases),
      ...passedOver,
      ...(order.guessed && ordered.length > 0 ? ['The order of the network is guessed from the names.'] : []),
      ...(settled.length > 0
        ? [`The convention of ${share(settled.length, examined.length)} is told by the output.`]
        : []),
      ...(guesses > 0 ? [`That of ${share(guesses, examined.length)} is guessed from names and shapes.`] : []),
    ],
  };
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
