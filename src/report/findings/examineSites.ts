import type { Dump } from '../../formats/dump';
import { oddNorms, type SettledNorm } from '../../norm/oddNorms';
import type { CaseNames } from '../../norm/sites';
import type { Finding } from './finding';
import { gradientFindings } from './gradientFindings';
import { inputFindings } from './inputFindings';
import { readSite, type NormSite } from './normSite';
import { outputFindings } from './outputFindings';
import { rangeOf, type SiteRange } from './rangeFindings';
import { weightsOf, type SiteWeights } from './weightFindings';

/** What the norms of a dump tell one by one, and what is kept of each to be held against the others. */
export interface ExaminedSites {
  readonly names: readonly CaseNames[];
  /** Of output, gradients and input. */
  readonly findings: readonly Finding[];
  readonly ranges: readonly SiteRange[];
  readonly weights: readonly SiteWeights[];
  /** How many conventions are told by the output, and how many are guessed. */
  readonly settled: number;
  readonly guessed: number;
  /** A sentence for each norm that could not be examined. */
  readonly passedOver: readonly string[];
}

/**
 * Reads the norms of a dump one after the other and examines each. One that is not like its peers is also held against
 * their convention.
 *
 * @param onSite called with each site before it is read, and how many are done
 */
export async function examineSites(
  dump: Dump,
  cases: readonly CaseNames[],
  signal: AbortSignal | undefined,
  onSite: (site: string, done: number) => void,
): Promise<ExaminedSites> {
  const names: CaseNames[] = [];
  const findings: Finding[] = [];
  const ranges: SiteRange[] = [];
  const weights: SiteWeights[] = [];
  const passedOver: string[] = [];
  const settled: SettledNorm[] = [];
  let guessed = 0;
  const examine = (site: NormSite) => {
    names.push(site.names);
    guessed += site.guessed ? 1 : 0;
    if (site.toldBy === 'output') {
      settled.push({ names: site.names, spec: site.normCase.spec });
    }
    const ofOutput = outputFindings(site);
    findings.push(...ofOutput, ...gradientFindings(site), ...inputFindings(site));
    // What has happened need not be warned of.
    if (!ofOutput.some(({ code }) => code === 'half-statistics' || code === 'squares-overflow')) {
      ranges.push(rangeOf(site));
    }
    const ofSite = weightsOf(site);
    if (ofSite) {
      weights.push(ofSite);
    }
  };
  for (const [i, each] of cases.entries()) {
    onSite(each.site, i);
    const site = await readSite(dump, each, signal);
    if (typeof site === 'string') {
      passedOver.push(site);
    } else if (site) {
      examine(site);
    }
  }
  for (const { names: odd, spec } of oddNorms(settled)) {
    const site = await readSite(dump, odd, signal, spec);
    findings.push(...(typeof site === 'object' ? outputFindings(site) : []));
  }
  return { names, findings, ranges, weights, settled: settled.length, guessed, passedOver };
}
