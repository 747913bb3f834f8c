import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './children.mjs';
import { root } from './paths.mjs';

const windows = process.platform === 'win32';

/**
 * Finds the command of a desktop VS Code, if one can be opened from here.
 *
 * @returns {string | undefined}
 */
export function desktopCode() {
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  // In a terminal of a remote window, `code` speaks to that window and cannot start another with our extension.
  if (!screen || process.env.VSCODE_IPC_HOOK_CLI) {
    return undefined;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, windows ? 'code.cmd' : 'code')).find(existsSync);
}

/**
 * Opens a folder in a new window of the desktop VS Code, with the extension as built in dist/.
 *
 * @param {string} code the command
 * @param {string} folder
 */
export async function openFolder(code, folder) {
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', folder];
  if (process.getuid?.() === 0) {
    // VS Code refuses to run as root unless told these two.
    args.push('--no-sandbox', '--user-data-dir', join(root, '.vscode-test', 'desktop'));
  }
  await (windows ? run(process.env.ComSpec ?? 'cmd.exe', ['/c', code, ...args]) : run(code, args));
}
