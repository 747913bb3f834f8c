import { describe, expect, it, vi } from 'vitest';
import { Resource } from '../../../webview/resource';
import { InspectorLink } from './inspectorLink';
import { literalSource } from './sources';

async function opened() {
  const link = new InspectorLink(literalSource('[[1, 2, 3], [4, 5, 9]]'));
  const { subject } = await link.host.request('open', {});
  const { id, spec } = subject!;
  const features = (weightScale: number) => ({ subject: id, spec, affine: true, weightScale, biasShift: 0 });
  const scalesAsked = () => link.asked('features').map(({ weightScale }) => weightScale);
  return { link, features, scalesAsked };
}

it('keeps the last answer until the next one is there', async () => {
  const { link, features } = await opened();
  const resource = new Resource(link.host, 'features', () => {});
  resource.ask(features(1));
  expect(resource.answer).toEqual({ pending: true });
  await link.settled();
  const first = resource.answer.value!;
  expect(first.points.weight[0]).toBe(1);
  resource.ask(features(2));
  expect(resource.answer).toEqual({ value: first, pending: true });
  await link.settled();
  expect(resource.answer.value!.points.weight[0]).toBe(2);
});

it('does not ask twice for the same', async () => {
  const { link, features, scalesAsked } = await opened();
  const resource = new Resource(link.host, 'features', () => {});
  resource.ask(features(1));
  await link.settled();
  resource.ask(features(1));
  expect(scalesAsked()).toEqual([1]);
});

describe('a new question while one is under way', () => {
  it('replaces it: the host is told, and its answer is dropped', async () => {
    const { link, features } = await opened();
    const resource = new Resource(link.host, 'features', () => {});
    link.hold();
    resource.ask(features(1));
    resource.ask(features(2));
    await vi.waitUntil(() => link.waiting === 2);
    expect(link.sent.filter(({ type }) => type === 'cancel')).toHaveLength(1);
    link.release();
    await link.settled();
    expect(resource.answer.value!.points.weight[0]).toBe(2);
  });

  it('waits for it where answers are shown in passing, and only the latest waits', async () => {
    const { link, features, scalesAsked } = await opened();
    const resource = new Resource(link.host, 'features', () => {}, 'queue');
    link.hold();
    [1, 1.1, 1.2, 1.3].forEach((scale) => resource.ask(features(scale)));
    await vi.waitUntil(() => link.waiting === 1);
    link.release();
    await link.settled();
    expect(scalesAsked()).toEqual([1, 1.3]);
    expect(resource.answer).toMatchObject({ pending: false, value: { points: { weight: expect.anything() } } });
    expect(resource.answer.value!.points.weight[0]).toBe(1.3);
  });
});

it('says what went wrong, and asks again only when told to', async () => {
  const { link, features, scalesAsked } = await opened();
  const resource = new Resource(link.host, 'features', () => {});
  const stale = { ...features(1), subject: 99 };
  resource.ask(stale);
  await link.settled();
  expect(resource.answer).toMatchObject({ pending: false, problem: { message: expect.stringContaining('not shown') } });
  resource.ask(stale);
  expect(scalesAsked()).toHaveLength(1);
  resource.retry();
  await link.settled();
  expect(scalesAsked()).toHaveLength(2);
});

it('stops when cancelled, and says so', async () => {
  const { link, features } = await opened();
  const resource = new Resource(link.host, 'features', () => {});
  link.hold();
  resource.ask(features(1));
  resource.cancel();
  expect(resource.answer).toEqual({ pending: false, problem: { message: 'This was cancelled.', isWanted: true } });
  link.release();
  await link.settled();
  expect(resource.answer.value).toBeUndefined();
});
