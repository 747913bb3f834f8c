import { parseArgs } from 'node:util';
import { compare } from './cli/compare';
import type { Command } from './cli/command';
import { depth } from './cli/depth';
import { diagnose } from './cli/diagnose';
import { gradcheck } from './cli/gradcheck';
import { toJson } from './cli/json';
import { identify } from './cli/identify';
import { list } from './cli/list';
import { literals } from './cli/literals';
import { nearestHint } from './cli/nearest';
import { norm } from './cli/norm';
import { stats } from './cli/stats';
import { UsageError } from './cli/usageError';
import { InputError } from './tensor/errors';

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
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(usage);
    return name === undefined ? 2 : 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    const names = [...commands.keys()];
    throw new UsageError(`There is no command "${name}"; there are ${names.join(', ')}.${nearestHint(name, names)}`);
  }
  const { values, positionals } = parseOptions(command, rest);
  if (positionals.length !== command.files) {
    const count = command.files === 1 ? 'one file' : `${command.files} files`;
    throw new UsageError(`Name ${count}: normscope ${command.usage}`);
  }
  const { json: wantsJson, ...options } = values;
  const outcome = await command.run(positionals, options);
  console.log(wantsJson ? toJson(outcome.json) : outcome.text);
  return outcome.isNo ? 1 : 0;
}

function parseOptions(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: joinNegativeValues(args),
      options: { ...command.options, json: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(
      optionFault(
        error,
        Object.keys(command.options).map((option) => `--${option}`),
      ),
      { cause: error },
    );
  }
}

/** What parseArgs found wrong, in the words of this program. */
function optionFault(error: unknown, options: readonly string[]): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const name = /'--?([^\s'=]+)/.exec(message)?.[1];
  if (name === undefined) {
    return message;
  }
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option --${name}.${nearestHint(`--${name}`, options)}`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return message.includes('argument missing') ? `--${name} needs a value.` : message;
    default:
      return message;
  }
}

/** Errors of the file system that people meet, by code. */
const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder',
  EACCES: 'Permission is lacking for',
  EISDIR: 'This is a folder, not a file',
  ENOTDIR: 'A part of this path is no folder',
  ENOSPC: 'No space is left for',
};

function wordsOf(error: NodeJS.ErrnoException): string {
  const fault = fileFaults[error.code ?? ''];
  return fault !== undefined && error.path !== undefined ? `${fault}: ${error.path}` : error.message;
}

/** Writes "--axes -1" as "--axes=-1": parseArgs takes a value that begins with a dash for an option otherwise. */
function joinNegativeValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (/^-[\d.]/.test(arg) && joined.at(-1)?.startsWith('--')) {
      joined.push(`${joined.pop()}=${arg}`);
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isExpected = error instanceof InputError || (error instanceof Error && 'code' in error);
    console.error(`normscope: ${isExpected ? wordsOf(error as NodeJS.ErrnoException) : (error as Error).stack}`);
    process.exitCode = 2;
  },
);
