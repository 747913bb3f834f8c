import type { CaseRole } from '../norm/normCase';
import { isChannelKind, type NormKind } from '../norm/normSpec';
import { specKeys } from '../norm/specKeys';
import { kebabCase, roleOptions } from './caseOptions';
import type { Options } from './command';
import { specOptions } from './specOptions';
import { UsageError } from './usageError';

const trackedRoles: readonly CaseRole[] = ['runningMean', 'runningVar', 'numBatchesTracked'];
const dytRoles: readonly CaseRole[] = ['alpha', 'gradAlpha'];

/**
 * Refuses options that would change nothing of a norm of this kind: whoever gives one believes that it does.
 *
 * @throws UsageError naming the first of them
 */
export function refuseIdleOptions(options: Options, kind: NormKind): void {
  const tracks = kind === 'batch_norm' || kind === 'instance_norm';
  const isKey = new Set(specKeys(kind).map(kebabCase));
  const general = new Set(['preset', 'kind', 'axes', ...(isChannelKind(kind) ? [] : ['normalized-shape'])]);
  const idle = [
    ...Object.keys(specOptions).filter((option) => !general.has(option) && !isKey.has(option)),
    ...(tracks ? [] : trackedRoles.map((role) => roleOptions[role])),
    ...(kind === 'dyt' ? [] : dytRoles.map((role) => roleOptions[role])),
  ].find((option) => options[option] !== undefined);
  if (idle !== undefined) {
    throw new UsageError(`--${idle} does not apply to ${kind}; leave it out.`);
  }
  if ((options['running-mean'] === undefined) !== (options['running-var'] === undefined)) {
    throw new UsageError('--running-mean and --running-var go together; name both or neither.');
  }
}
