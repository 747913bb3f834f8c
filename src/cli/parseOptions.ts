import { parseArgs } from 'node:util';
import type { Command, Options } from './command';
import { nearestHint } from './nearest';
import { UsageError } from './usageError';

/** Options that every command takes. */
const commonOptions = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** The words after a command's name, told apart. */
interface Call {
  readonly files: readonly string[];
  /** The command's own. */
  readonly options: Options;
  readonly wantsJson: boolean;
  readonly wantsHelp: boolean;
}

/**
 * Tells files and options apart.
 *
 * @throws UsageError if the command has no such option, an option lacks its value, or too few or too many files are named
 */
export function parseOptions(command: Command, args: readonly string[]): Call {
  const { values, positionals: files } = parsed(command, args);
  const { json: wantsJson = false, help: wantsHelp = false, ...options } = values;
  if (!wantsHelp && files.length !== command.files) {
    const count = command.files === 1 ? 'one file' : `${command.files} files`;
    throw new UsageError(`Name ${count}: normscope ${command.usage}`);
  }
  return { files, options, wantsJson, wantsHelp };
}

function parsed(command: Command, args: readonly string[]) {
  const options = { ...command.options, ...commonOptions };
  try {
    return parseArgs({ args: joinNegativeValues(args), options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(optionFault(error, Object.keys(options)), { cause: error });
  }
}

/** What parseArgs found wrong, in the words of this program. */
function optionFault(error: unknown, known: readonly string[]): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const option = /'--?([^\s'=]+)/.exec(message)?.[1];
  if (option !== undefined && code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const options = known.map((name) => `--${name}`);
    return `There is no option --${option}.${nearestHint(`--${option}`, options)}`;
  }
  return option !== undefined && message.includes('argument missing') ? `--${option} needs a value.` : message;
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
