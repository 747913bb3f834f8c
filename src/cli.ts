import { version } from '../package.json';
import { compare } from './cli/compare';
import type { Command } from './cli/command';
import { depth } from './cli/depth';
import { diagnose } from './cli/diagnose';
import { errorLine } from './cli/errorLine';
import { gradcheck } from './cli/gradcheck';
import { toJson } from './cli/json';
import { identify } from './cli/identify';
import { list } from './cli/list';
import { literals } from './cli/literals';
import { nearestHint } from './cli/nearest';
import { norm } from './cli/norm';
import { parseOptions } from './cli/parseOptions';
import { stats } from './cli/stats';
import { table } from './cli/table';
import { UsageError } from './cli/usageError';
import { oneLine } from './formats/quote';

const commands = new Map<string, Command>(
  Object.entries({ list, stats, norm, gradcheck, identify, compare, diagnose, depth, literals }),
);

const usage = [
  'usage: normscope COMMAND FILE… [options] [--json]',
  ...Array.from(commands.values(), (command) => `  normscope ${command.usage}`),
].join('\n');

/** Runs one command; prints its answer and returns the exit code: 0 fine, 1 the answer is "no", 2 bad input or usage. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || ['--help', '-h', 'help'].includes(name)) {
    console.log(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    console.log(version);
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    const names = [...commands.keys()];
    throw new UsageError(`There is no command "${name}"; there are ${names.join(', ')}.${nearestHint(name, names)}`);
  }
  const { files, options, wantsJson, wantsHelp } = parseOptions(command, rest);
  if (wantsHelp) {
    console.log(helpOf(command));
    return 0;
  }
  const outcome = await command.run(files, options);
  // Names are the file's: what is in them must not reach the terminal as its commands.
  console.log(wantsJson ? toJson(outcome.json) : outcome.text.split('\n').map(oneLine).join('\n'));
  return outcome.isNo ? 1 : 0;
}

/** The usage line of a command and all its options, the rarer ones too, with what each says. */
function helpOf({ usage: line, options }: Command): string {
  const all = { ...options, json: { value: undefined, help: 'prints a stable structure instead of text' } };
  const rows = Object.entries(all).map(([name, { value = '', help }]) => [`  --${name} ${value}`.trimEnd(), help]);
  return [`usage: normscope ${line} [--json]`, '', table(['options:', ''], rows)].join('\n');
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`normscope: ${errorLine(error)}`);
    process.exitCode = 2;
  },
);
