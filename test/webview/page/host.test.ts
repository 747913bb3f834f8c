import { expect, it } from 'vitest';
import type { PageMessage } from '../../../src/protocol';
import type { HostError } from '../../../webview/host';
import { Host } from '../../../webview/host';

it('settles each request by the reply that bears its number', async () => {
  const sent: PageMessage[] = [];
  const host = new Host((message) => sent.push(message));
  const first = host.request('choose', { tensor: 'a' });
  const second = host.request('revealSource', {});
  host.receive({ type: 'reply', id: 2, ok: null });
  host.receive({ type: 'reply', id: 1, err: { message: 'No tensor "a".', advice: 'Choose another.' } });
  expect(sent).toEqual([
    { type: 'request', id: 1, method: 'choose', params: { tensor: 'a' } },
    { type: 'request', id: 2, method: 'revealSource', params: {} },
  ]);
  await expect(second).resolves.toBeNull();
  const error: HostError = await first.then(
    () => expect.unreachable(),
    (reason) => reason,
  );
  expect(error.problem).toEqual({ message: 'No tensor "a".', advice: 'Choose another.' });
});

it('tells the host of a request that is not wanted any more, and drops its late reply', async () => {
  const sent: PageMessage[] = [];
  const host = new Host((message) => sent.push(message));
  const controller = new AbortController();
  const request = host.request('choose', { tensor: 'a' }, controller.signal);
  controller.abort();
  await expect(request).rejects.toThrow('aborted');
  host.receive({ type: 'reply', id: 1, ok: null });
  expect(sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
});

it('hands on what the host tells of its own accord', () => {
  const host = new Host(() => {});
  const told: unknown[] = [];
  host.onOpened = (opened) => told.push(opened);
  host.onRow = (row) => told.push(row);
  host.onWaits = () => told.push('waits');
  host.receive({ type: 'opened', opened: { problem: { message: 'gone' } } });
  host.receive({ type: 'row', row: 3 });
  host.receive({ type: 'waits' });
  expect(told).toEqual([{ problem: { message: 'gone' } }, 3, 'waits']);
});

it.each([
  null,
  'text',
  { type: 'row', row: 1.5 },
  { type: 'reply', id: '1', ok: 1 },
  { type: 'opened' },
  { type: 'x' },
])('ignores %j, which is no message of the host', (message) => {
  const host = new Host(() => {});
  host.onOpened = () => expect.unreachable();
  host.onRow = () => expect.unreachable();
  host.receive(message);
});
