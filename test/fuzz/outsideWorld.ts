import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

/** What Node's permission model tells (https://nodejs.org/api/permissions.html). */
interface Permissions {
  has(scope: string): boolean;
}

/**
 * Makes sure that this process can neither write files, start processes or threads, nor reach the network: whatever tries
 * throws, and so fails the case that made it try.
 *
 * @throws Error if Node was started without its permission model, which alone can forbid the first two
 */
export function closeOutsideWorld(): void {
  const { permission } = process as { readonly permission?: Permissions };
  const allowed = ['fs.write', 'child', 'worker'].filter((scope) => permission?.has(scope) ?? true);
  if (allowed.length > 0) {
    throw new Error(`Node was started so that ${allowed.join(', ')} is allowed; start this by scripts/fuzz.mjs.`);
  }
  const refuse = (what: string) => (): never => {
    throw new Error(`The network was touched: ${what}.`);
  };
  net.Socket.prototype.connect = refuse('connect');
  net.Server.prototype.listen = refuse('listen');
  dgram.Socket.prototype.bind = refuse('bind');
  dgram.Socket.prototype.send = refuse('send');
  Object.assign(dns, { lookup: refuse('lookup') });
  globalThis.fetch = refuse('fetch');
}
