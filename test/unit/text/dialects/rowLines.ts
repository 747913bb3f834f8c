import fc from 'fast-check';
import { digits, floatDigits, named, nested, tensorOf, type Written } from './dialect';

/** Rows without brackets, a line each; those of one number, and one row alone, are a vector. */
function rowLines(separators: readonly string[], indents: readonly string[] = ['']): fc.Arbitrary<Written> {
  return fc
    .record({
      tensor: tensorOf(fc.double(), { minAxes: 2, maxAxes: 2 }).filter(({ values }) => values.length > 1),
      write: fc.constantFrom(digits, floatDigits, (value: number) => value.toExponential()).map(signed),
      separator: fc.constantFrom(...separators),
      indent: fc.constantFrom(...indents),
      lineBreak: fc.constantFrom('\n', '\r\n'),
      names: fc.constantFrom({ nan: 'nan', inf: 'inf' }, { nan: 'NaN', inf: 'Infinity' }, { nan: 'NaN', inf: 'Inf' }),
      last: fc.boolean(),
    })
    .map(({ tensor: { shape, values }, write, separator, indent, lineBreak, names, last }) => {
      const lines = nested(shape, values.map(named(write, names)), (parts, { length }) =>
        parts.join(length === 2 ? lineBreak + indent : separator),
      );
      return {
        shape: shape.includes(1) ? [values.length] : shape,
        values,
        before: indent,
        text: lines,
        after: last ? '' : lineBreak,
      };
    });
}

/** A zero keeps its sign, which `toExponential` drops. */
function signed(write: (value: number) => string): (value: number) => string {
  return (value) => (Object.is(value, -0) ? `-${write(0)}` : write(value));
}

/** Rows of lines by the kind of file that holds them. */
export const rowLineDialects: Readonly<Record<string, fc.Arbitrary<Written>>> = {
  CSV: rowLines([',', ', ', ' , ']),
  'CSV with semicolons': rowLines([';', '; ']),
  TSV: rowLines(['\t']),
  'a matrix in columns': rowLines([' ', '   '], ['', '  ', '\t']),
};
