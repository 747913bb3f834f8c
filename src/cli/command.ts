/** Options of the command line by name, as `parseArgs` returns them; those that may be repeated are lists. */
export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command has to say: the answer for `--json`, the same for people, and whether the answer is "no". */
export interface Outcome {
  readonly json: unknown;
  readonly text: string;
  /** True makes the exit code 1: gradients wrong, tensors differ. */
  readonly isNo?: boolean;
}

/** One option of a command, as `parseArgs` and the help want it. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** What stands for its value in the help; absent for a switch. */
  readonly value?: string;
  /** What it says, in a phrase. */
  readonly help: string;
}

/** One command of the terminal. */
export interface Command {
  /** One line for the usage text. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** How many files are named before the options. */
  readonly files: number;
  /** @param paths as many as `files` says */
  run(paths: readonly string[], options: Options): Promise<Outcome>;
}
