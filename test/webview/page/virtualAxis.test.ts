import { expect, it } from 'vitest';
import { VirtualAxis } from '../../../webview/virtual/virtualAxis';

it('shows the items in view, the first of them cut where the scroll offset says', () => {
  const axis = new VirtualAxis(100, 20, 90);
  expect(axis.scrollSize).toBe(2000);
  expect(axis.windowAt(0)).toEqual({ first: 0, end: 5, offset: 0 });
  expect(axis.windowAt(30)).toEqual({ first: 1, end: 6, offset: -10 });
  expect(axis.windowAt(1910)).toEqual({ first: 95, end: 100, offset: -10 });
});

it('scrolls no further than it must to bring an item into view', () => {
  const axis = new VirtualAxis(100, 20, 90);
  expect(axis.reveal(2, 0)).toBe(0);
  expect(axis.reveal(10, 0)).toBe(130);
  expect(axis.reveal(1, 500)).toBe(20);
});

it('shows everything without scrolling where that fits', () => {
  expect(new VirtualAxis(3, 20, 90).windowAt(0)).toEqual({ first: 0, end: 3, offset: 0 });
  expect(new VirtualAxis(0, 20, 90).windowAt(0)).toEqual({ first: 0, end: 0, offset: 0 });
});

it('reaches the first and the last of more items than a browser can scroll', () => {
  const axis = new VirtualAxis(8_388_608, 22, 300);
  expect(axis.scrollSize).toBeLessThan(33_000_000);
  expect(axis.windowAt(0).first).toBe(0);
  expect(axis.windowAt(axis.scrollSize - 300).end).toBe(8_388_608);
  const { first, end } = axis.windowAt(axis.reveal(5_000_000, 0));
  expect(first).toBeLessThanOrEqual(5_000_000);
  expect(end).toBeGreaterThan(5_000_000);
});
