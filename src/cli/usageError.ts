import { InputError } from '../tensor/errors';

/** The call's words are off: an unknown command, a missing file, an option that makes no sense. */
export class UsageError extends InputError {}
