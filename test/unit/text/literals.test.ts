import { describe, expect, it } from 'vitest';
import { LimitError, LiteralError } from '../../../src/tensor/errors';
import { literalAt, literalIn } from '../../../src/text/literals';

/** The array at the place marked with | in a text. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  return literalAt(marked.replace('|', ''), offset);
}

/** The array in a text that is selected from end to end. */
const selected = (text: string) => literalIn(text, 0, text.length);

/** What the error of a reader says, and the piece of text that it points at. */
function refusal(text: string, read: () => unknown): { code: string; reason: string; piece: string } {
  try {
    read();
  } catch (error) {
    if (error instanceof LiteralError) {
      return { code: error.code, reason: error.reason, piece: text.slice(error.start, error.end) };
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

const refusedSelection = (text: string) => refusal(text, () => selected(text));

describe('literalAt', () => {
  it.each([
    '# array([[1., 2.],\n#        [|3., 4.]])\n# text (',
    '  // [\r\n  //   [1, |2],\r\n  //   [3, 4],\r\n  // ]\r\nf(x);',
  ])('reads an array that goes on from comment to comment: %j', (text) => {
    const array = at(text)!;
    expect(array.shape).toEqual([2, 2]);
    expect(Array.from(array.values)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['pandas', '     a    b\n0  0.1  |NaN\n1  0.3  0.4', [0.1, NaN, 0.3, 0.4]],
    ['R', '    a   b\n1 0.1 0.2\n2 0.|3 0.4', [0.1, 0.2, 0.3, 0.4]],
  ])('leaves out the numbers that %s gives its rows', (_, text, values) => {
    expect(at(text)).toMatchObject({ shape: [2, 2], values: Float64Array.from(values), start: text.search(/a/) });
    expect(at(text)?.notes).toContain('The first column names or numbers the rows and was left out.');
  });

  it.each(['one\n0 5 6\n1 7 |8', 'two words\n0 5 6\n2 7 |8', 'two words\n5 5 6\n6 7 |8', '\n0 5 6\n1 7 |8'])(
    'keeps a first column that is not the number of its row below the names of the others: %j',
    (text) => {
      expect(at(text)?.shape).toEqual([2, 3]);
    },
  );

  it('ends an array with its comment', () => {
    expect(at('# [1, |2] and\n# more\nx = [3, 4]')?.values).toEqual(Float64Array.of(1, 2));
    expect(refusal('# [1, 2,\nx = 3]', () => literalAt('# [1, 2,\nx = 3]', 5)).code).toBe('unbalanced');
  });

  it.each([
    'A = [1 2 % a ] and [ here\n |3 4 % it is ) so\n];',
    "% see [0, 1) and it's\nA = [1 2\n3 |4];",
    'B = [5 6]; % as [Ba 2016\nA = [1 2\n3 |4];',
    'local w = {\n  {1, 2}, -- of {\n  {|3, 4}, -- of ]\n}',
    'y = [5] -- a [half open\nx = [[1, 2], -- )\n     [3, |4]]',
    '; a ( b [\n(def x [[1 2]\n        |[3 4]])',
    '-- [ 0, 1) of\n-- [[1, 2],\n--  [3, |4]]',
    'for (;; i--) {\n  x = [[1, 2], [3, |4]];\n}',
    'print("%d %d"\n  % (5, 6), [[1, 2], |[3, 4]])',
  ])('is not misled by brackets in a comment of any language: %j', (text) => {
    const array = at(text)!;
    expect(array.shape).toEqual([2, 2]);
    expect(Array.from(array.values)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    'x = |[1, 2, 3]',
    'x = [1, 2, 3]|',
    'x = [1, |2, 3]',
    'x = [1,| 2, 3] + [4]',
    'return[1, |2, 3]',
    'for i in[1, |2, 3]:',
    'torch.tensor([1, |2, 3], device="cuda:0")',
    'print("[", [1, |2, 3])',
    'values [1, |2, 3] of step 7',
    'x = (1, |2, 3)',
    'x = np.array((1, |2, 3))',
    '{"w": [1, |2, 3], "s": "]"}',
    '["name", [1, |2, 3]]',
    '[("name", [1, |2, 3]), ("other", [4])]',
    'see [1], [ and then, [1, |2, 3]',
    '# x is [1, |2, 3] here',
    'a // [1, |2, 3]',
    "it's [1, |2, 3], isn't it",
    "&'a [1, |2, 3]",
    '[1, /* [ */ |2, 3]',
    '[1, // ] [\n|2, 3]',
    'np.zeros((4, 4))[[1, |2, 3]]',
    '[1, float("|2"), 3]',
    'float x[3] = |{1.0f, 2.f, 0x3p0};',
    'float x[] = {1, |2, 3}, y[] = {4};',
    'std::vector<double> v{1, 2, |3};',
    'f({1, 2, |3})',
    'let v = vec![1.0, |2.0, 3.0];',
    'let v: &[f32] = &[1.0, |2.0, 3.0];',
    'new Float32Array([1, |2, 3])',
    'Float64Array.from([1, |2, 3])',
    'gamma: [1, |2, 3]  # YAML',
  ])('finds the array in %s', (marked) => {
    expect(Array.from(at(marked)!.values)).toEqual([1, 2, 3]);
  });

  it.each([
    'a[|1]',
    'a[1, |2, 3]',
    'f(x)[|0]',
    'm[0][|1]',
    'f(1, |2, 3)',
    'plot (x, |y)',
    'x = (|5)',
    '(1 + |2) * 3',
    '"[1, |2, 3]"',
    'so few words (as | these)',
    '|',
    'x = |1',
    '{"a": |1, "b": [1, 2]}',
    'if (x) { f(|1, 2); }',
    '/[a-z]{1,|3}/',
    '/^\\d{1,|3}$/',
    'for (int i = 0; i < 3; i++) {|}',
  ])('finds none in %s', (marked) => {
    expect(at(marked)).toBeUndefined();
  });

  it('takes the outermost array around the cursor', () => {
    const literal = at('x = [[[1, 2], [3, |4]], [[5, 6], [7, 8]], [[9, 10], [11, 12]]]')!;
    expect(literal.shape).toEqual([3, 2, 2]);
    expect(literal.start).toBe(4);
  });

  it('takes the lines around the cursor that hold as many numbers', () => {
    expect(at('epoch 1\n1 2\n|3 4\n5 6\n\n7 8')).toMatchObject({ start: 8, end: 19, shape: [3, 2] });
    expect(at('1 2\r\n3 4\r\n5 |6')!.shape).toEqual([3, 2]);
    expect(at('1 2\n|words')).toBeUndefined();
    expect(at('1\n|2\n3')).toBeUndefined();
  });

  it('takes the outermost braces around the cursor, and rows of Rust', () => {
    expect(at('int m[2][2] = {\n {1, 2}, /* } */\n {3, |4}, // }\n};')!.shape).toEqual([2, 2]);
    expect(at('let m = vec![\n  vec![1.0_f32, 2.0],\n  vec![3.0, |4.0],\n];')!.shape).toEqual([2, 2]);
  });

  it('knows where each row stands', () => {
    const text = 'x = [[1, 2],\n     [3, 4]]';
    const { rowOffsets } = literalAt(text, 8)!;
    const rows = [0, 1].map((row) => text.slice(rowOffsets[2 * row], rowOffsets[2 * row + 1]));
    expect(rows).toEqual(['[1, 2]', '[3, 4]']);
  });

  it.each([
    ['[[1, 2], [3|]]', 'ragged', 'Row 1 has 1 number, the rows before it have 2.', '[3]'],
    ['[[[1], [2]], [[3], [4]|], [[5]]]', 'ragged', 'Block [2] has 1 row, the blocks before it have 2.', '[[5]]'],
    ['[[[[1]]], [[[2]], |[[3]]]]', 'ragged', 'Block [1] has 2 blocks, the blocks before it have 1.', '[[[2]], [[3]]]'],
    ['[[[1], [2]], [[3], 4|]]', 'ragged', 'A number stands where row 3 should be.', '4'],
    ['[[[1]], 4|]', 'ragged', 'A number stands where block [1] should be.', '4'],
    ['[1, |[2, 3]]', 'ragged', 'A list stands in row 0 where a number should be.', '[2, 3]'],
    ['((1, 2), (3|,))', 'ragged', 'Row 1 has 1 number, the rows before it have 2.', '(3,)'],
    ["[1, |'two', 3]", 'not_numeric', "'two' is not a number.", "'two'"],
    ['[1, |null]', 'not_numeric', "'null' is not a number.", 'null'],
    ['[1, |None]', 'not_numeric', "'None' is not a number.", 'None'],
    ['[1, |{"a": 1}]', 'not_numeric', 'An object stands where a number should be.', '{"a": 1}'],
    ['[1, |f(x, y)[0]]', 'not_numeric', "'f(x, y)[0]' is not a number.", 'f(x, y)[0]'],
    ['[..., |1]', 'not_numeric', "'...' is not a number.", '...'],
    ['[1, |...rest]', 'not_numeric', "'...rest' is not a number.", '...rest'],
    ['[1, |−−2]', 'not_numeric', "'−−2' is not a number.", '−−2'],
    ['[[1|), 2]', 'unbalanced', "'[' is closed by ')', not by ']'.", ')'],
    ['[[1|, 2]', 'unbalanced', 'The bracket opened here is never closed.', '['],
    ['[1, |, 2]', 'syntax', 'A number is missing before this comma.', ','],
    ['[|, 2]', 'syntax', 'A number is missing before this comma.', ','],
    ['[1, 2 |3]', 'syntax', 'A comma is missing before this number.', '3'],
    ['[1 2|, 3]', 'syntax', 'White space parts the numbers before this comma, not commas.', ','],
    ['[[1, 2]| [3, 4]]', 'syntax', 'A comma is missing before this bracket.', '['],
    ['[1 |* 2]', 'syntax', "A comma or a closing bracket should stand here, not '*'.", '*'],
    ['[|]', 'empty', 'The array is empty.', '[]'],
    ['[[], [|]]', 'empty', 'The array is empty.', '[[], []]'],
  ])('refuses %s', (marked, code, reason, piece) => {
    expect(refusal(marked.replace('|', ''), () => at(marked))).toEqual({ code, reason, piece });
  });

  it.each([
    ['tensor([1.5, 2.5]|)', 'float32'],
    ['tensor([1, 2|])', 'int64'],
    ['tensor([True|, False])', 'bool'],
    ["tensor([1.5, 2.5|], device='cuda:0', dtype=torch.float16, grad_fn=<AddBackward0>)", 'float16'],
    ['array([1.5, 2.5|])', 'float64'],
    ['<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1.5, 2.5|], dtype=float32)>', 'float32'],
    ['tf.Tensor([1.5 2.5|], shape=(2,), dtype=float32)', 'float32'],
    ['torch.tensor([1, 2|], dtype=torch.half)', 'float16'],
    ["np.array([1, 2|], dtype='int8')", 'int8'],
    ['np.array([1, 2|])', undefined],
    ['np.array([1, 2|], dtype=object)', undefined],
    ['[1, 2|]', undefined],
    ['new Float32Array([1, 2|])', 'float32'],
    ['Uint8Array.from([1, 2|])', 'uint8'],
    ['float x[] = {1.5f, 2|}', 'float32'],
    ['vec![1_f64, 2.|]', 'float64'],
  ])('knows the element type in %s', (marked, dtype) => {
    expect(at(marked)!.dtype).toBe(dtype);
  });

  it('applies the factor that PyTorch prints before large numbers', () => {
    const literal = at('tensor(1.00000e+03 *\n       [[ 1.0000,  2.5000],\n        [-0.0010,  0.0020|]])')!;
    expect(Array.from(literal.values)).toEqual([1000, 2500, -1, 2]);
    expect(literal.resolution).toBeCloseTo(0.1);
  });

  it.each([
    ['tensor([ 0.1384, -1.3300|])', 1e-4],
    ['tensor([1.0000e-08, 3.0000e+05|])', 10],
    ['tensor([1., -2.|])', undefined],
    ['tensor([1, -2|])', undefined],
    ['array([0.1141606, -1.5|])', undefined],
    ['array([0.11416067, -1.5|])', 1e-8],
    ['[0.11416067 -1.5       |]', 1e-8],
    ['[0.11416067, -1.5|]', undefined],
  ])('knows to what numbers were rounded in %s', (marked, resolution) => {
    expect(at(marked)!.resolution).toBe(resolution);
  });

  it('reads what is shown of an array that is cut off', () => {
    expect(at('x = array([[1, 2, ..., 3],\n ...,\n [4, 5, ..., 6|]])')).toMatchObject({ shape: [2, 3], truncated: {} });
    expect(at('print(x)\n[[1 2 ... 3]\n ...\n [4 5 ... 6|]]')).toMatchObject({ shape: [2, 3], truncated: {} });
    expect(at('[1, 2, …, |9]')).toMatchObject({ shape: [3], truncated: {} });
    expect(at('array([1, 2, ..., |9], shape=(2000,))')!.truncated).toEqual({ statedShape: [2000] });
    expect(at('[1, 2, |9]')!.truncated).toBeUndefined();
  });

  it('bounds the depth', () => {
    const nested = (depth: number) => '['.repeat(depth) + '1' + ']'.repeat(depth);
    expect(literalAt(nested(64), 64)!.shape).toEqual(new Array(64).fill(1));
    expect(() => literalAt(nested(65), 65)).toThrow('The brackets are nested more than 64 deep.');
    expect(() => literalAt(nested(10_000), 10_000)).toThrow(LiteralError);
  });

  it('bounds the length, counted from the cursor back and from the start of the array on', () => {
    const rows = `x = [${'[1, 2], '.repeat(1_000)}[3, 4]]`;
    for (const offset of [4, 5, 4_000, rows.length]) {
      expect(() => literalAt(rows, offset, { maxLength: 500 })).toThrow(LimitError);
    }
    expect(() => literalAt(rows, 5, { maxLength: 500 })).toThrow('The array is longer than 500 characters.');
    const row = `[${'1, '.repeat(1_000)}2]`;
    expect(() => literalAt(row, row.length - 5, { maxLength: 500 })).toThrow(LimitError);
    const after = `${rows}\ny = [5, 6]`;
    expect(literalAt(after, after.length, { maxLength: 500 })!.shape).toEqual([2]);
  });

  it('stops when its signal is aborted', () => {
    const signal = AbortSignal.abort(new Error('moved on'));
    expect(() => literalAt('x = [1, 2]', 6, { signal })).toThrow('moved on');
  });
});

describe('literalIn', () => {
  it('says how long a table may be', () => {
    const table = 'a,b\n' + '1,2\n'.repeat(600_000);
    expect(() => selected(table)).toThrow('The table is longer than 2,097,152 characters.');
  });

  it.each([
    ['[[1, 2], [3, 4]]', [2, 2]],
    ['  [[1, 2], [3, 4]]\n', [2, 2]],
    ['x = [[1,2],[3,4]];', [2, 2]],
    ['"x": [[1,2],[3,4]],', [2, 2]],
    ['const m: number[][] = [[1, 2], [3, 4]];', [2, 2]],
    ['np.array([[1, 2], [3, 4]], dtype=np.float32)', [2, 2]],
    ['w = a[0] + f(1) * np.array([[1, 2], [3, 4]])  # not [5]', [2, 2]],
    ['[INFO] 12:03 (epoch 3) values [1, 2, 3]', [3]],
    ['1) the values [1, 2, 3]', [3]],
    ['[1,2],\n[3,4]', [2, 2]],
    ['[1,2], // first\n[3,4],', [2, 2]],
    ['(1, 2), (3, 4), (5, 6)', [3, 2]],
    ['[[1, 2], [3, 4]],\n[[5, 6], [7, 8]]', [2, 2, 2]],
    ['[1, 2, 3],', [3]],
    ['([1, 2, 3])', [3]],
    ['1, 2, 3', [3]],
    ['1, 2,\n3,', [3]],
    ['{1, 2}, {3, 4}', [2, 2]],
    ['float m[2][2] = {{1.f, 2.f}, {3.f, 4.f}};', [2, 2]],
    ['1 2 3', [3]],
    ['[1 2]\n [3 4]', [2, 2]],
    ['0.25 [1, 2, 3]', [3]],
    ['[5]', [1]],
    ['(5,)', [1]],
    ['# note\n[1, 2]', [2]],
  ])('reads %j', (text, shape) => {
    expect(selected(text).shape).toEqual(shape);
  });

  it('takes a printed array with all that is printed around it, the shape it states included', () => {
    const text = 'array([0., 1., 2., ..., 997., 998., 999.], shape=(1000,), dtype=float32)';
    expect(literalIn(text, 0, text.length)).toMatchObject({ shape: [6], truncated: { statedShape: [1000] } });
  });

  it('gives offsets in the whole text and reads nothing outside of the selection', () => {
    const text = 'a = [[1, 2],\n     [3, 4],\n     [5, 6]]';
    const start = text.indexOf('[3');
    const literal = literalIn(text, start, text.length - 1);
    expect(literal).toMatchObject({ start, end: text.length - 1, shape: [2, 2] });
    expect(text.slice(literal.rowOffsets[2], literal.rowOffsets[3])).toBe('[5, 6]');
  });

  it.each([
    ['', 'empty', 'Nothing is selected.'],
    [' \n ', 'empty', 'Nothing is selected.'],
    ['some words', 'syntax', 'There is no array of numbers in the selection.'],
    ['a[0] + f(2)', 'syntax', 'There is no array of numbers in the selection.'],
    ['5', 'syntax', 'A single number is no array: select two or more.'],
    ['x = [1, 2]; y = [3, 4]', 'syntax', 'The selection holds more than one array: select one of them.'],
    ['1, 2, x', 'not_numeric', "'x' is not a number."],
    ['1, 2 3', 'syntax', 'A comma is missing before this number.'],
    ["['a', [1, 2]]", 'not_numeric', "'a' is not a number."],
    ['[{"x": [[1, 2]]}]', 'not_numeric', 'An object stands where a number should be.'],
    ['[1, 2],\n[3, x]', 'not_numeric', "'x' is not a number."],
    ['[1, 2],\n[3]', 'ragged', 'Row 1 has 1 number, the rows before it have 2.'],
    ['x = [[1, 2], [3]]', 'ragged', 'Row 1 has 1 number, the rows before it have 2.'],
    ['[[[1], [2]], [[3]]]', 'ragged', 'Block [1] has 1 row, the blocks before it have 2.'],
    ['[[1], [2]], [[3]]', 'ragged', 'Block [1] has 1 row, the blocks before it have 2.'],
    ['[[1, 2],\n[3, 4],', 'unbalanced', 'The bracket opened here is never closed.'],
    ['[1, 2],\n[3, 4]]', 'unbalanced', 'The bracket closed here is never opened.'],
    ['(1, 2, [3])', 'ragged', 'A list stands in row 0 where a number should be.'],
  ])('refuses %j', (text, code, reason) => {
    expect(refusedSelection(text)).toMatchObject({ code, reason });
  });

  it.each([
    ['A = [1 2 3; 4 5 6];', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['A = [1, 2; 3, 4]', [2, 2], [1, 2, 3, 4]],
    ['[1 2\n 3 4]', [2, 2], [1, 2, 3, 4]],
    ['v = [1; 2; 3]', [3, 1], [1, 2, 3]],
    ['r = [1.5 -2 +3]', [1, 3], [1.5, -2, 3]],
    ['single([1 2])', [1, 2], [1, 2]],
    ['[1, 2, ... the rest\n 3]'.replace(' the rest', ''), [1, 3], [1, 2, 3]],
    ['[1 2 % first\n3 4]', [2, 2], [1, 2, 3, 4]],
    ['1,2\n3,4\n', [2, 2], [1, 2, 3, 4]],
    ['1;2\r\n3;4', [2, 2], [1, 2, 3, 4]],
    ['1\t2\n3\t4', [2, 2], [1, 2, 3, 4]],
    ['  1.5  -2\n  3e2   4\n\n', [2, 2], [1.5, -2, 300, 4]],
    ['1, 2,\n3, 4,\n5', [5], [1, 2, 3, 4, 5]],
    ['1\n2\n3', [3], [1, 2, 3]],
    ['# note\n1 2\n3 4 # note', [2, 2], [1, 2, 3, 4]],
    ['let x = [0.5; 3];', [3], [0.5, 0.5, 0.5]],
    ['[1u8; 2]', [2], [1, 1]],
  ])('reads rows of lines and semicolons in %j', (text, shape, values) => {
    const literal = selected(text);
    expect(literal.shape).toEqual(shape);
    expect(Array.from(literal.values)).toEqual(values);
  });

  it('takes lines of a printed vector for one row, where they are as long as NumPy makes them', () => {
    const line = Array.from({ length: 6 }, () => '-0.12345678').join(' ');
    expect(selected(`[${line}\n ${line}]`).shape).toEqual([12]);
  });

  it.each([
    ['[1 2; 3]', 'ragged', 'Row 1 has 1 number, the rows before it have 2.'],
    ['[1 2; 3-4 5]', 'not_numeric', "'-4' is not a number."],
    ['[1 2; 3 x]', 'not_numeric', "'x' is not a number."],
    ['[1 2; 3 4', 'unbalanced', 'The bracket opened here is never closed.'],
    ['1,2\n3', 'ragged', 'Row 1 has 1 number, the rows before it have 2.'],
    ['1,2\n3,4,5', 'ragged', 'Row 1 has 3 numbers, the rows before it have 2.'],
    ['1,,2\n3,4', 'syntax', 'A number is missing before this comma.'],
    ['1 2\n3 x', 'not_numeric', "'x' is not a number."],
  ])('refuses the matrix %j', (text, code, reason) => {
    expect(refusedSelection(text)).toMatchObject({ code, reason });
  });

  it('bounds the length', () => {
    expect(() => literalIn('[1, 2, 3]', 0, 9, { maxLength: 8 })).toThrow('The selection is longer than 8 characters.');
  });
});
