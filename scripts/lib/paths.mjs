import { fileURLToPath } from 'node:url';

/** The top folder of the project, with no separator at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
