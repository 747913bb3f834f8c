import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Peer, type Answers } from '../../../src/compute/peer';
import { FormatError, LimitError } from '../../../src/tensor/errors';

interface Arithmetic {
  double: { params: number; result: number };
  countTo: { params: number; result: string; event: number };
  wait: { params: number; result: null };
  fail: { params: Error; result: never };
  log: { params: number; result: () => void };
}
type Nothing = Record<never, never>;

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

const answers: Omit<Answers<Arithmetic>, 'fail'> = {
  double: async (x) => 2 * x,
  countTo: async (end, _, tell) => {
    for (let i = 1; i <= end; i++) {
      tell(i);
    }
    return 'done';
  },
  wait: async (time, signal) => {
    await sleep(time, undefined, { signal });
    return null;
  },
  log: async () => () => {},
};

/** The end of a line at whose other end there is somebody who calculates. */
function ask(more: Partial<Answers<Arithmetic>> = {}): Peer<Arithmetic, Nothing> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  new Peer<Nothing, Arithmetic>(port2, { ...answers, ...more });
  return new Peer<Arithmetic, Nothing>(port1, {});
}

describe('a call to another thread', () => {
  it('brings the answer to the one who asked', async () => {
    const peer = ask();
    expect(await Promise.all([peer.call('double', 2), peer.call('double', NaN)])).toEqual([4, NaN]);
  });

  it('tells what is known before the answer, in order', async () => {
    const events: number[] = [];
    expect(await ask().call('countTo', 3, { tell: (event) => events.push(event) })).toBe('done');
    expect(events).toEqual([1, 2, 3]);
  });

  it('brings errors with what a person can do about them', async () => {
    const fail = (error: Error) => ask({ fail: () => Promise.reject(error) }).call('fail', new Error('unused'));
    const advice = 'Save it again.';
    await expect(fail(new FormatError('npy', 'the header is cut', 6, { advice }))).rejects.toMatchObject({
      message: 'npy: the header is cut (byte 6)',
      advice,
    });
    await expect(fail(new LimitError('too much', { advice }))).rejects.toMatchObject({ message: 'too much', advice });
    await expect(fail(new TypeError('a fault'))).rejects.toThrow('a fault');
  });

  it('fails where nobody answers, or the answer cannot travel', async () => {
    await expect(ask().call('fail', new Error('unused'))).rejects.toThrow('Nobody answers "fail" here.');
    await expect(ask().call('log', 1)).rejects.toThrow(/could not be cloned/);
  });

  it('is over at once when it is given up, and stops what it began', async () => {
    let stopped = false;
    const peer = ask({
      wait: (_, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(signal.reason as Error);
          }),
        ),
    });
    const controller = new AbortController();
    const waiting = peer.call('wait', 0, { signal: controller.signal });
    await peer.call('double', 1);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(peer.call('wait', 0, { signal: controller.signal })).rejects.toThrow('enough');
    await expect.poll(() => stopped).toBe(true);
  });

  it('is not begun when it is given up before its turn', async () => {
    const begun: number[] = [];
    const peer = ask({ double: async (x) => begun.push(x) });
    const calls = [1, 2, 3].map((x) => {
      const controller = new AbortController();
      return { call: peer.call('double', x, { signal: controller.signal }).catch(() => null), controller };
    });
    calls.slice(0, 2).forEach(({ controller }) => controller.abort());
    await Promise.all(calls.map(({ call }) => call));
    expect(begun).toEqual([3]);
  });

  it('fails when the other thread is gone', async () => {
    const peer = ask();
    const waiting = peer.call('wait', 60_000);
    peer.close(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(peer.call('double', 1)).rejects.toThrow('gone');
  });
});
