import fc from 'fast-check';
import { digits, floatDigits, named, nested, tensorOf, type Written } from './dialect';

const float32 = fc.float();
const float64 = fc.double();

/** Arrays and vectors of Rust, with and without suffixes. */
const rust: fc.Arbitrary<Written> = fc.constantFrom(32 as const, 64 as const).chain((bits) =>
  fc
    .record({
      tensor: tensorOf(bits === 32 ? float32 : float64),
      suffix: fc.constantFrom(`f${bits}`, `_f${bits}`),
      module: fc.constantFrom('', 'std::'),
      open: fc.constantFrom('[', 'vec!['),
      gap: fc.constantFrom(' ', '\n    ', ' /* ] */ ', ' // [ \n'),
    })
    .map(({ tensor: { shape, values }, suffix, module, open, gap }) => {
      const type = `${module}f${bits}`;
      const write = named((value) => floatDigits(value) + suffix, {
        nan: `${type}::NAN`,
        inf: `${type}::INFINITY`,
        negativeInf: `${type}::NEG_INFINITY`,
      });
      const text = nested(shape, values.map(write), (parts) => `${open}${parts.join(`,${gap}`)}]`);
      return {
        shape,
        values,
        before: `let x = ${open.slice(0, -1)}`,
        text: text.slice(open.length - 1),
        after: ';\n',
        ...(values.some(Number.isFinite) && { dtype: `float${bits}` as const }),
      };
    }),
);

const jsNumber = named(digits, { nan: 'NaN', inf: 'Infinity' });

/** The typed arrays of JavaScript. */
const javaScript: fc.Arbitrary<Written> = fc
  .constantFrom(
    { name: 'Float32Array', dtype: 'float32' as const, element: float32, write: jsNumber },
    { name: 'Float64Array', dtype: 'float64' as const, element: float64, write: jsNumber },
    { name: 'Int8Array', dtype: 'int8' as const, element: fc.integer({ min: -128, max: 127 }), write: digits },
    { name: 'Uint8Array', dtype: 'uint8' as const, element: fc.nat(255), write: (n: number) => `0x${n.toString(16)}` },
    { name: 'Int32Array', dtype: 'int32' as const, element: fc.integer(), write: digits },
    { name: 'BigInt64Array', dtype: 'int64' as const, element: fc.maxSafeInteger(), write: (n: number) => `${n}n` },
  )
  .chain(({ name, dtype, element, write }) =>
    fc
      .record({
        tensor: tensorOf(element, { maxAxes: 1 }),
        opening: fc.constantFrom(`new ${name}(`, `${name}.from(`),
        gap: fc.constantFrom(' ', '', '\n  ', ' /* [ */ '),
        trailing: fc.constantFrom('', ','),
      })
      .map(({ tensor: { shape, values }, opening, gap, trailing }) => ({
        shape,
        values,
        before: `const x = ${opening}`,
        text: `[${gap}${values.map(write).join(`,${gap}`)}${trailing}]`,
        after: ');\n',
        dtype,
      })),
  );

/** Vectors and matrices of Julia, of a stated element type or none. */
const julia: fc.Arbitrary<Written> = fc
  .constantFrom(
    { type: 'Float32', dtype: 'float32' as const, element: float32 },
    { type: 'Float64', dtype: 'float64' as const, element: float64 },
    { type: '', dtype: undefined, element: float64 },
  )
  .chain(({ type, dtype, element }) =>
    fc
      .record({
        // Rows of one number are a vector in Julia and a column in MATLAB, where the same text may stand.
        tensor: tensorOf(element, { maxAxes: 2 }).filter(({ shape }) => shape.at(1) !== 1),
        // Without a type, long rows on lines of their own may be a vector that NumPy printed.
        row: type ? fc.constantFrom('; ', ';\n ', '\n ') : fc.constantFrom('; ', ';\n '),
      })
      .map(({ tensor: { shape, values }, row }) => {
        const numbers = values.map(named(floatDigits, { nan: 'NaN', inf: 'Inf' }));
        const text = nested(shape, numbers, (parts, { length }) =>
          length === 2 ? `[${parts.join(row)}]` : shape.length === 2 ? parts.join(' ') : `[${parts.join(', ')}]`,
        );
        return { shape, values, before: `x = ${type}`, text, after: '\n', ...(dtype && { dtype }) };
      }),
  );

/** Matrices of MATLAB and Octave, which know no fewer axes than two. */
const matlab: fc.Arbitrary<Written> = fc
  .record({
    // One number in a bracket may be a list of any language.
    tensor: tensorOf(float64, { minAxes: 2, maxAxes: 2 }).filter(({ values }) => values.length > 1),
    write: fc.constantFrom(digits, floatDigits),
    separator: fc.constantFrom(' ', '  ', ' ...\n '),
    row: fc.constantFrom('; ', ';\n', ';  % a note\n'),
    call: fc.constantFrom({ name: '' }, { name: 'single', dtype: 'float32' as const }),
  })
  .map(({ tensor: { shape, values }, write, separator, row, call: { name, dtype } }) => ({
    shape,
    values,
    before: name ? `x = ${name}(` : 'x = ',
    text: `[${nested(shape, values.map(named(write, { nan: 'NaN', inf: 'Inf' })), (parts, { length }) =>
      parts.join(length === 2 ? row : separator),
    )}]`,
    after: name ? ');\n' : ';\n',
    ...(dtype && { dtype }),
  }));

/** Flow lists of YAML. */
const yaml: fc.Arbitrary<Written> = fc
  .record({
    tensor: tensorOf(float64),
    nan: fc.constantFrom('.nan', '.NaN', '.NAN'),
    inf: fc.constantFrom('.inf', '.Inf', '.INF'),
    plus: fc.constantFrom('', '+'),
    gap: fc.constantFrom(' ', '\n  ', '  # ] it is [a note\n  '),
  })
  .map(({ tensor: { shape, values }, nan, inf, plus, gap }) => {
    const write = named(floatDigits, { nan, inf: plus + inf, negativeInf: `-${inf}` });
    return {
      shape,
      values,
      before: 'model:\n  gamma: ',
      text: nested(shape, values.map(write), (parts) => `[${parts.join(`,${gap}`)}]`),
      after: '\n  eps: 1.0e-5\n',
    };
  });

/** Lists that are written as calls; of two numbers at least, since one in parentheses is none, and `Array(3)` has three. */
const calls: fc.Arbitrary<Written> = fc
  .record({
    tensor: tensorOf(float64, { maxAxes: 3, minLength: 2 }),
    name: fc.constantFrom('Array', 'array', 'List', 'Seq', 'Vector', 'c', 'arrayOf', 'listOf'),
    gap: fc.constantFrom(' ', '\n  '),
  })
  .filter(({ tensor: { values } }) => values.every(Number.isFinite))
  .map(({ tensor: { shape, values }, name, gap }) => ({
    shape,
    values,
    before: `val x = ${name}`,
    text: nested(shape, values.map(digits), (parts) => `${name}(${parts.join(`,${gap}`)})`).slice(name.length),
    after: '\n',
  }));

/** Ways to write an array in a language's source, by the language's name. */
export const languages: Readonly<Record<string, fc.Arbitrary<Written>>> = {
  Rust: rust,
  'JavaScript typed arrays': javaScript,
  Julia: julia,
  MATLAB: matlab,
  'YAML flow lists': yaml,
  'Scala, PHP, R and Kotlin': calls,
};
