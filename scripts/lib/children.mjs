import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const windows = process.platform === 'win32';

/** How long a group may take to leave by itself before it is killed, in milliseconds. */
const patience = 3_000;

/**
 * The leaders of the process groups that were started here and may still have a member.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const leaders = new Set();

/**
 * The leaders that were asked to leave.
 * @type {WeakSet<import('node:child_process').ChildProcess>}
 */
const dismissed = new WeakSet();

/**
 * Starts a program as the leader of a process group of its own, so that it can be ended with all that it starts.
 * Whatever is still running when this process ends is ended too.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: !windows });
  leaders.add(child);
  child.once('exit', () => {
    if (!hasMembers(child)) {
      leaders.delete(child);
    }
  });
  return child;
}

/**
 * Ends a process group: asks it to leave, and kills what has not left in time.
 *
 * @param {import('node:child_process').ChildProcess} child its leader
 */
export async function endGroup(child) {
  dismissed.add(child);
  signalGroup(child, 'SIGTERM');
  for (const deadline = Date.now() + patience; hasMembers(child) && Date.now() < deadline;) {
    await sleep(50);
  }
  signalGroup(child, 'SIGKILL');
  leaders.delete(child);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>} settles when the program ends without having been asked to
 */
export function unexpectedEnd(child) {
  return new Promise((resolve) => {
    child.once('exit', () => {
      if (!dismissed.has(child)) {
        resolve();
      }
    });
  });
}

/**
 * Runs a program to its end without a keyboard.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string; env?: NodeJS.ProcessEnv; show?: boolean }} [options] show: let its output through as it comes
 * @returns {Promise<string>} all that it wrote, unless it is shown
 * @throws Error with what it wrote, if it does not end with exit code 0
 */
export function run(command, args, { show = false, ...options } = {}) {
  const output = show ? 'inherit' : 'pipe';
  const child = spawnGroup(command, args, { ...options, stdio: ['ignore', output, output] });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ chunk) => (written += chunk.toString()));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve(written);
      } else if (dismissed.has(child)) {
        reject(new Error('Stopped.'));
      } else {
        reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}.\n${written}`.trim()));
      }
    });
  });
}

/**
 * Runs npm, which is a script rather than a program on Windows.
 *
 * @param {string[]} args
 * @param {{ cwd?: string; show?: boolean }} [options]
 */
export function npm(args, options) {
  return windows ? run(process.env.ComSpec ?? 'cmd.exe', ['/c', 'npm', ...args], options) : run('npm', args, options);
}

/** @param {import('node:child_process').ChildProcess} child */
function hasMembers(child) {
  return windows ? child.exitCode === null && child.signalCode === null : signalGroup(child, 0);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals | 0} signal
 * @returns whether there was somebody to receive it
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) {
    return false;
  }
  if (windows) {
    return spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']).status === 0;
  }
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

process.once('exit', () => leaders.forEach((child) => signalGroup(child, 'SIGKILL')));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => leave(128 + constants.signals[signal]));
}
if (process.env.npm_lifecycle_event) {
  // npm and its shell can be ended without passing it on; then nobody is left to press Ctrl+C.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave(1), 1_000).unref();
}

/** @param {number} code */
async function leave(code) {
  await Promise.all([...leaders].map(endGroup));
  process.exit(code);
}
