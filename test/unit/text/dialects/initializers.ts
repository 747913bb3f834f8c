import fc from 'fast-check';
import { digits, floatDigits, named, nested, tensorOf, type Written } from './dialect';

/** Numbers of which some are alike, as in memory that was set to one value. */
const alike = fc.oneof(fc.double(), fc.constantFrom(0, 0, 1.5));

const number = named(digits, { nan: 'nan', inf: 'inf' });

/** gdb's values in braces: equal elements, also whole rows, are counted. */
const gdb: fc.Arbitrary<Written> = tensorOf(alike).map(({ shape, values }) => ({
  shape,
  values,
  before: '$1 = ',
  text: nested(shape, values.map(number), (parts) => {
    const runs: { part: string; times: number }[] = [];
    for (const part of parts) {
      const last = runs.at(-1);
      if (last?.part === part) {
        last.times++;
      } else {
        runs.push({ part, times: 1 });
      }
    }
    return `{${runs.map(({ part, times }) => part + (times > 1 ? ` <repeats ${times} times>` : '')).join(', ')}}`;
  }),
  after: '\n(gdb) ',
}));

/** lldb's values with their indices, on one line or below each other. */
const lldb: fc.Arbitrary<Written> = fc
  .record({ tensor: tensorOf(fc.double()), braced: fc.boolean(), gap: fc.constantFrom(', ', '\n  ') })
  .map(({ tensor: { shape, values }, braced, gap }) => ({
    shape,
    values,
    before: '(lldb) p x\n(float[]) $0 = ',
    text: nested(shape, values.map(number), (parts, { length }) => {
      const inside = parts.map((part, i) => `[${i}] = ${part}`).join(gap);
      return braced && length === shape.length ? `{\n  ${inside}\n}` : `(${inside})`;
    }),
    after: '\n',
  }));

/** Initializers of C after a declaration: zeros at the end of any brace are left out. */
const declared: fc.Arbitrary<Written> = fc
  .record({
    tensor: tensorOf(alike, { minAxes: 1, maxAxes: 3 }),
    type: fc.constantFrom('double ', 'static const double *'),
  })
  .filter(({ tensor: { values } }) => !Object.is(values[0], 0) && values.every(Number.isFinite))
  .map(({ tensor: { shape, values }, type }) => {
    const text = nested(shape, values.map(floatDigits), (parts) => {
      const last = parts.findLastIndex((part) => /[1-9]/.test(part) || part.includes('-'));
      return `{${parts.slice(0, Math.max(1, last + 1)).join(', ')}}`;
    });
    return { shape, values, before: `${type}x${shape.map((length) => `[${length}]`).join('')} = `, text, after: ';\n' };
  });

/** Arrays in braces that leave out what need not be said, by who writes them so. */
export const initializers: Readonly<Record<string, fc.Arbitrary<Written>>> = {
  gdb,
  lldb,
  'C after a declaration': declared,
};
