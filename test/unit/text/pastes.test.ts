import { describe, expect, it } from 'vitest';
import { literalAt, literalIn, literals } from '../../../src/text/literals';
import { objectIn } from '../../../src/text/objects';
import { LiteralError } from '../../../src/tensor/errors';
import { lineAndColumn } from '../../../src/text/lineAndColumn';

/** What people paste, by where it comes from: the text, the shape and the numbers that are in it. */
const pastes: [from: string, text: string, shape: number[], values: number[]][] = [
  ['a list of PyTorch losses', '[tensor(0.5), tensor(0.25)]', [2], [0.5, 0.25]],
  ['such on a GPU', "[tensor(0.5000, device='cuda:0', grad_fn=<MeanBackward0>), tensor(2.)]", [2], [0.5, 2]],
  ['a list of NumPy 2 scalars', '[np.float32(0.1), np.float32(0.2)]', [2], [0.1, 0.2]],
  ['a list of NumPy rows', '[array([1., 2.], dtype=float32), array([3., 4.], dtype=float32)]', [2, 2], [1, 2, 3, 4]],
  ['a tuple of tensors', '(tensor([1., 2.]), tensor([3., 4.]))', [2, 2], [1, 2, 3, 4]],
  ['a list of JAX scalars', '[Array(0.1, dtype=float32), Array(0.2, dtype=float32)]', [2], [0.1, 0.2]],
  ['a PyTorch parameter', 'Parameter containing:\ntensor([1., 2.], requires_grad=True)', [2], [1, 2]],
  ['Jupyter', 'Out[5]: \narray([[1, 2],\n       [3, 4]])', [2, 2], [1, 2, 3, 4]],
  ['xarray', '<xarray.DataArray (x: 2)>\narray([1., 2.])\nCoordinates:\n  * x (x) int64 0 1', [2], [1, 2]],
  ['R', 'c(1, 2.5, -3)', [3], [1, 2.5, -3]],
  ['R, missing', 'c(1, NA, 3)', [3], [1, NaN, 3]],
  ['R, with its shape', 'structure(c(1, 2, 3, 4), dim = c(2L, 2L))', [4], [1, 2, 3, 4]],
  ['R, matrix', 'matrix(c(1, 2, 3, 4), nrow = 2)', [4], [1, 2, 3, 4]],
  ['R, printed', '[1] 1.5 2.5 3.5\n[4] 4.5', [4], [1.5, 2.5, 3.5, 4.5]],
  ['R, matrix printed', '     [,1] [,2]\n[1,]    1    3\n[2,]    2    4', [2, 2], [1, 3, 2, 4]],
  ['Scala', 'val a = Array(Array(1.0, 2.0), Array(3.0, 4.0))', [2, 2], [1, 2, 3, 4]],
  ['Scala, collections', 'List(Vector(1.0f, 2.0f), Vector(3.0f, 4.0f))', [2, 2], [1, 2, 3, 4]],
  ['PHP', '$a = array(array(1, 2), array(3, 4));', [2, 2], [1, 2, 3, 4]],
  ['JavaScript', 'new Array(1, 2, 3)', [3], [1, 2, 3]],
  ['Spark', 'DenseVector([1.0, 2.0])', [2], [1, 2]],
  ['NumPy, reshaped', 'np.reshape([1, 2, 3, 4], (2, 2))', [4], [1, 2, 3, 4]],
  ['NumPy, reshaped by a method', 'np.array([1, 2]).reshape((2, 1))', [2], [1, 2]],
  ['PyTorch, a shape before a tensor', 'torch.Size([1, 2])\ntensor([[1., 2.]])', [1, 2], [1, 2]],
  ['Kotlin', 'arrayOf(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f))', [2, 2], [1, 2, 3, 4]],
  ['Java', 'double[][] a = {{1d, 2D}, {3.0d, 4e-3d}};', [2, 2], [1, 2, 3, 0.004]],
  ['Java, a list', 'Arrays.asList(1.0, 2.0)', [2], [1, 2]],
  ['Go', '[][]float64{{1, 2}, {3, 4}}', [2, 2], [1, 2, 3, 4]],
  ['Go, with lengths', 'x := [2][2]float64{{1, 2}, {3, 4}}', [2, 2], [1, 2, 3, 4]],
  ['Swift', 'let a: [[Float]] = [[1, 2], [3, 4]]', [2, 2], [1, 2, 3, 4]],
  [
    'C++ with a macro',
    'static const float W[N][M] PROGMEM = {\n  {1.0f, 2.0f},\n  {3.0f, 4.0f}\n};',
    [2, 2],
    [1, 2, 3, 4],
  ],
  ['C, with zeros left out', 'float x[2][3] = {{1, 2}, {3}};', [2, 3], [1, 2, 0, 3, 0, 0]],
  ['C, with rows left out', 'static const double x[3][2] = {{1, 2}};', [3, 2], [1, 2, 0, 0, 0, 0]],
  ['C, in one list', 'int x[2][2] = {1, 2, 3};', [2, 2], [1, 2, 3, 0]],
  ['C, of zeros', 'float x[3] = {0};', [3], [0, 0, 0]],
  ['C++, of zeros', 'std::array<float, 3> x{0.0f};', [3], [0, 0, 0]],
  ['C, of a length that is not stated', 'float x[][2] = {{1}, {2, 3}};', [2, 2], [1, 0, 2, 3]],
  ['C, with indices', 'int x[] = {[0] = 1, [1] = 2};', [2], [1, 2]],
  ['Lua, an element', 'x[3] = {1, 2}', [2], [1, 2]],
  ['gdb', '$1 = {1, 2 <repeats 3 times>, 3}', [5], [1, 2, 2, 2, 3]],
  ['gdb, rows', '$1 = {{1, 0 <repeats 2 times>}, {0, 0, 0} <repeats 2 times>}', [3, 3], [1, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['lldb', '(float[2]) x = ([0] = 1, [1] = 2.5)', [2], [1, 2.5]],
  ['lldb, rows', 'm = {\n  [0] = ([0] = 1, [1] = 2)\n  [1] = ([0] = 3, [1] = 4)\n}', [2, 2], [1, 2, 3, 4]],
  ['lldb, a vector', 'size=2 {\n  [0] = 1\n  [1] = 2.5\n}', [2], [1, 2.5]],
  ['PHP, printed', 'Array\n(\n    [0] => 1\n    [1] => 2.5\n)', [2], [1, 2.5]],
  [
    'PHP, rows printed',
    'Array\n(\n  [0] => Array\n    (\n      [0] => 1\n      [1] => 2\n    )\n\n  [1] => Array\n    (\n      [0] => 3\n      [1] => 4\n    )\n\n)',
    [2, 2],
    [1, 2, 3, 4],
  ],
  ['Rust ndarray', 'let a = arr2(&[[1.0, 2.0], [3.0, 4.0]]);', [2, 2], [1, 2, 3, 4]],
  ['Julia', 'A = Float32[1 2; 3 4]', [2, 2], [1, 2, 3, 4]],
  ['Julia, printed', '2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0', [2, 2], [1, 2, 3, 4]],
  ['MATLAB, continued lines', 'A = [1 2 ...\n 3; 4 5 ...\n 6];', [2, 3], [1, 2, 3, 4, 5, 6]],
  ['MATLAB, brackets in a comment', "A = [1 2 % a ] and [ here\n 3 4 % it's\n];", [2, 2], [1, 2, 3, 4]],
  ['MATLAB, printed', 'A =\n\n     1     2\n     3     4\n', [2, 2], [1, 2, 3, 4]],
  ['MATLAB, one row printed', 'ans =\n\n    0.1000    0.2000    0.3000\n', [3], [0.1, 0.2, 0.3]],
  ['Mathematica', '{{1, 2}, {3, 4.5}}', [2, 2], [1, 2, 3, 4.5]],
  ['Fortran, printed', '  0.10000000E+01  0.20000000D+01', [2], [1, 2]],
  ['a CSV file', 'a,b\n1,2\n3,4', [2, 2], [1, 2, 3, 4]],
  ['pandas', '        a    b\n0  0.125 -1.0\n1  0.500  2.0', [2, 2], [0.125, -1, 0.5, 2]],
  ['pandas, columns without names', '     0    1\n0  0.1  0.2\n1  0.3  0.4', [2, 2], [0.1, 0.2, 0.3, 0.4]],
  ['pandas, named rows', '       mean   std\nrow1   0.1   0.2\nrow2   0.3   0.4', [2, 2], [0.1, 0.2, 0.3, 0.4]],
  [
    'pandas, wide',
    '     a    b  \\\n0  0.1  0.2   \n1  0.3  0.4   \n\n     c  \n0  0.5  \n1  0.6  ',
    [2, 3],
    [0.1, 0.2, 0.5, 0.3, 0.4, 0.6],
  ],
  ['pandas, a named index', '     a    b\nidx         \n0  0.1  0.2\n1  0.3  0.4', [2, 2], [0.1, 0.2, 0.3, 0.4]],
  ['pandas, by the hour', '                    a\n2024-01-01 00:00:00 1\n2024-01-01 01:00:00 2', [2], [1, 2]],
  ['pandas, missing values', '      a     b\n0  <NA>   1.0\n1   2.0  None', [2, 2], [NaN, 1, 2, NaN]],
  [
    'R, wide',
    '          [,1] [,2]\n[1,] 0.1  0.3\n[2,] 0.2  0.4\n     [,3]\n[1,]  0.5\n[2,]  0.6',
    [2, 3],
    [0.1, 0.3, 0.5, 0.2, 0.4, 0.6],
  ],
  ['R, missing values', '   a  b\n1  1 NA\n2 NA  3', [2, 2], [1, NaN, NaN, 3]],
  ['a CSV file that lacks cells', 'a,b,c\n,2,3\n4,5,', [2, 3], [NaN, 2, 3, 4, 5, NaN]],
  ['a CSV file that lacks a column', '1,,3\n4,,6', [2, 3], [1, NaN, 3, 4, NaN, 6]],
  ['a CSV file that pandas wrote', ',a,b\n0,1,2\n1,3,4', [2, 2], [1, 2, 3, 4]],
  ['a CSV file with commas at the end', 'a,b,\n1,2,\n3,4,', [2, 2], [1, 2, 3, 4]],
  ['a TSV file that lacks a column', '1\t\t3\n4\t\t6', [2, 3], [1, NaN, 3, 4, NaN, 6]],
  [
    'a database that has no value',
    '+---+------+\n| a | b    |\n+---+------+\n| 1 | NULL |\n+---+------+',
    [2],
    [1, NaN],
  ],
  ['a TSV file that lacks the first cell and the last', 'a\tb\tc\n\t2\t3\n4\t5\t', [2, 3], [NaN, 2, 3, 4, 5, NaN]],
  ['indented rows with a percentage', '\t1%\t2\n\t3%\t4', [2, 2], [1, 2, 3, 4]],
  ['a table of percentages', '| model | acc |\n|---|---|\n| a | 12.5% |\n| b | 50 % |', [2], [12.5, 50]],
  ['pandas, a series', '0    0.1\n1    0.2\ndtype: float64', [2], [0.1, 0.2]],
  ['Markdown', '| a | b |\n|---|---:|\n| 1 | 2 |\n| 3 | 4 |', [2, 2], [1, 2, 3, 4]],
  ['Markdown, named rows', '| model | f1 |\n|---|---|\n| bert | 0.9 |\n| gpt | 0.7 |', [2], [0.9, 0.7]],
  ['a database', '  a  |  b\n-----+-----\n 1.5 | 2.5\n 3.5 | 4.5\n(2 rows)', [2, 2], [1.5, 2.5, 3.5, 4.5]],
  ['LaTeX', '\\begin{bmatrix}\n1 & 2 \\\\\n3 & 4\n\\end{bmatrix}', [2, 2], [1, 2, 3, 4]],
  ['LaTeX on one line', '\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', [2, 2], [1, 2, 3, 4]],
  ['a training log', 'step=1 loss=0.5 lr=1e-4\nsaved\nstep=2 loss=nan lr=1e-4', [2, 3], [1, 0.5, 1e-4, 2, NaN, 1e-4]],
  ['a log with colons', 'step: 1, loss: 0.5\nstep: 2, loss: 0.4', [2, 2], [1, 0.5, 2, 0.4]],
  ['JSON lines', '{"step": 1, "loss": 0.5}\n{"step": 2, "loss": 0.4}', [2, 2], [1, 0.5, 2, 0.4]],
  [
    'tqdm',
    ' 5%|▌ | 5/99 [00:01<00:19,  4.9it/s, loss=0.5]\n10%|█ | 9/99 [00:02<00:18,  4.9it/s, loss=0.4]',
    [2],
    [0.5, 0.4],
  ],
  [
    'a log with dates',
    '[2024-01-01 12:00:00] [0.1, 0.2]\n[2024-01-01 12:00:07] [0.3, 0.4]',
    [2, 2],
    [0.1, 0.2, 0.3, 0.4],
  ],
  ['a log with levels', 'INFO: tensor([0.1, 0.2])\nINFO: tensor([0.3, 0.4])', [2, 2], [0.1, 0.2, 0.3, 0.4]],
  ['torchrun', '[rank0]: tensor([[0.1, 0.2],\n[rank0]:         [0.3, 0.4]])', [2, 2], [0.1, 0.2, 0.3, 0.4]],
  ['a diff', '-[[1.0, 2.0],\n- [3.0, 4.0]]', [2, 2], [1, 2, 3, 4]],
  ['a prompt', '>>> x = [[1.0, 2.0],\n...      [3.0, 4.0]]', [2, 2], [1, 2, 3, 4]],
  ['a quotation', '> [[1.0, 2.0],\n>  [3.0, 4.0]]', [2, 2], [1, 2, 3, 4]],
  ['YAML lists', '- [1.0, 2.0]\n- [3.0, 4.0]', [2, 2], [1, 2, 3, 4]],
  ['rows without a comma between them', '[1, 2]\n[3, 4]', [2, 2], [1, 2, 3, 4]],
  ['a terminal with colours', '\u001b[31m[1.0, \u001b[1;32m2.0\u001b[0m]\u001b[0m', [2], [1, 2]],
  ['a paper', '[−1.5, 2,\u2009−3, 4e−2]', [4], [-1.5, 2, -3, 0.04]],
  ['old PyTorch', 'tensor(1.00000e+03 *\n       [[1.0, 2.0],\n        [3.0, 4.0]])', [2, 2], [1000, 2000, 3000, 4000]],
  ['LibTorch', ' 0.5  1\n 2  3\n[ CPUFloatType{2,2} ]', [2, 2], [0.5, 1, 2, 3]],
  ['LibTorch, with a factor', '0.01 *\n 50  1\n 2  3\n[ CUDAHalfType{2,2} ]', [2, 2], [0.5, 0.01, 0.02, 0.03]],
  [
    'LibTorch, wide',
    'Columns 1 to 2 1  2\n 4  5\n\nColumns 3 to 3 3\n 6\n[ CPUFloatType{2,3} ]',
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ],
  [
    'MATLAB, three axes',
    '\nx(:,:,1) =\n\n   1.0e+03 *\n\n    0.0010    2.0000\n\n\nx(:,:,2) =\n\n     3     4\n\n',
    [2, 2],
    [1, 2000, 3, 4],
  ],
  [
    'Octave, three axes',
    'ans =\n\nans(:,:,1) =\n\n   1   2\n   3   4\n\nans(:,:,2) =\n\n   5   6\n   7   8\n\n',
    [2, 2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [
    'Julia, three axes',
    '2×2×2 Array{Float64, 3}:\n[:, :, 1] =\n 1.0  2.0\n 3.0  4.0\n\n[:, :, 2] =\n 5.0  6.0\n 7.0  8.0',
    [2, 2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [
    'R, three axes',
    ', , 1\n\n     [,1] [,2]\n[1,]    1    2\n[2,]    3    4\n\n, , 2\n\n     [,1] [,2]\n[1,]    5   NA\n[2,]    7    8\n\n',
    [2, 2, 2],
    [1, 2, 3, 4, 5, NaN, 7, 8],
  ],
  [
    'LibTorch, three axes',
    '(1,.,.) = \n 1  2\n 3  4\n\n(2,.,.) = \n 5  6\n 7  8\n[ CPUFloatType{2,2,2} ]',
    [2, 2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [
    'LibTorch, four axes',
    '(1,1,.,.) = \n 1  2\n\n(1,2,.,.) = \n 3  4\n\n(2,1,.,.) = \n 5  6\n\n(2,2,.,.) = \n 7  8\n[ CPUFloatType{2,2,1,2} ]',
    [2, 2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [
    'old PyTorch, three axes',
    '\n(0 ,.,.) = \n  1  2\n\n(1 ,.,.) = \n  3  4\n[torch.FloatTensor of size 2x1x2]',
    [2, 2],
    [1, 2, 3, 4],
  ],
  [
    'MATLAB, wide',
    'A =\n\n  Columns 1 through 2\n\n   1 2\n   4 5\n\n  Column 3\n\n   3\n   6\n',
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ],
  [
    'MATLAB, wide with a factor',
    'A =\n\n   1.0e+03 *\n\n  Columns 1 through 2\n\n   0.001 2\n\n  Columns 3 through 4\n\n   3 4\n',
    [4],
    [1, 2000, 3000, 4000],
  ],
  ['Octave, wide', ' Columns 1 through 3:\n\n   1   2   3\n\n Columns 4 and 5:\n\n   4   5\n', [5], [1, 2, 3, 4, 5]],
  [
    'Polars',
    'shape: (2, 2)\n┌─────┬─────┐\n│ a   ┆ b   │\n│ --- ┆ --- │\n│ i64 ┆ f64 │\n╞═════╪═════╡\n│ 1   ┆ 0.5 │\n│ 3   ┆ 4.0 │\n└─────┴─────┘',
    [2, 2],
    [1, 0.5, 3, 4],
  ],
  [
    'Rust ndarray, printed',
    '[[1.0, 2.0],\n [3.0, 4.0]], shape=[2, 2], strides=[2, 1], layout=Cc (0x5), const ndim=2',
    [2, 2],
    [1, 2, 3, 4],
  ],
  ['candle', '[[1., 2.],\n [3., 4.]]\nTensor[[2, 2], f32]', [2, 2], [1, 2, 3, 4]],
  ['a comment', '# array([[1., 2.],\n#        [3., 4.]])', [2, 2], [1, 2, 3, 4]],
  ['a table in a comment', '# | a | 1 |\n# |---|---|\n# | b | 2 |', [2], [1, 2]],
  ['a comment of LaTeX', '% 1 & 2 \\\\\n% 3 & 4', [2, 2], [1, 2, 3, 4]],
  ['a comment of SQL', '-- [1, 2,\n--  3, 4]', [4], [1, 2, 3, 4]],
  ['a comment of Lisp', ';; [1 2\n;;  3 4]', [2, 2], [1, 2, 3, 4]],
  ['a diff of a table', '+| a | 1 |\n+| b | 2 |', [2], [1, 2]],
  ['negative numbers and no others', '-1,,3\n-4,,6', [2, 3], [-1, NaN, 3, -4, NaN, 6]],
  ['SQL', 'SELECT ARRAY[[1, 2], [3, 4]] -- see [', [2, 2], [1, 2, 3, 4]],
  ['Lua', 'w = {\n  {1, 2}, -- row 1]\n  {3, 4}  -- {\n}', [2, 2], [1, 2, 3, 4]],
  ['a file that MATLAB loads', '% x [1\n1 2 % a ]\n3 4', [2, 2], [1, 2, 3, 4]],
  ['a comment of C', '  // {1.0f, 2.0f}', [2], [1, 2]],
];

describe('literalIn', () => {
  it.each(pastes)('reads what is pasted from %s', (_, text, shape, values) => {
    const read = literalIn(text, 0, text.length);
    expect(Array.from(read.values)).toEqual(values);
    expect(read.shape).toEqual(shape);
    // What a reload of the window finds again must be the same.
    expect(literalIn(text, read.start, read.end)).toEqual(read);
  });

  it.each([
    ['a,b\n1,2\n3,4', 'The header was left out: “a,b”.'],
    ['x 1 2\ny 3 4', 'The first column names or numbers the rows and was left out.'],
    ['a=1 b=2\nsaved\na=3 b=4', 'Columns: a, b. 1 line without them was left out.'],
    ['> [1,\n> 2]', '“>” before each line was left out.'],
    ['1,,3\n4,5,6', '1 value is missing: NaN stands there.'],
    ['1\tnull\n2\tnull', '2 values are missing: NaN stands there.'],
    ['1%\t2%', 'Percentages are read as the numbers before the sign.'],
    ['int x[3] = {1};', 'The rest of [3] is zeros, as C fills it.'],
    ['int x[1] = {1};', undefined],
    ['x(:,:,1) =\n 1 2\nx(:,:,2) =\n 3 4', 'The pages are the first axis, the rows and columns of each the last two.'],
    ['1\n2', 'The column of numbers is read as one row.'],
    [
      '[9007199254740993, 1]',
      'Integers beyond 2⁵³ are rounded to float64: 9007199254740993 is read as 9007199254740992.',
    ],
    [
      '[-9007199254740993, 1]',
      'Integers beyond 2⁵³ are rounded to float64: 9007199254740993 is read as 9007199254740992.',
    ],
  ])('says what it did to %j', (text, notes) => {
    expect(literalIn(text, 0, text.length).notes?.join(' ')).toBe(notes);
  });

  it.each([
    ['pandas', '      a    b\n0   0.1  0.2\n..  ...  ...\n99  0.7  0.8\n\n[100 rows x 2 columns]', [2, 2], [100, 2]],
    ['pandas, wide', '     0  ...    9\n0  0.1  ...  0.2\n1  0.3  ...  0.4\n\n[2 rows x 10 columns]', [2, 2], [2, 10]],
    ['Julia', '9×9 Matrix{Float64}:\n 0.1  …  0.2\n ⋮    ⋱  ⋮\n 0.3  …  0.4', [2, 2], [9, 9]],
    ['Julia, a vector', '9-element Vector{Float64}:\n 0.1\n ⋮\n 0.3', [2], [9]],
    ['Polars', 'shape: (9, 9)\n│ 0.1 ┆ … ┆ 0.2 │\n│ …   ┆ … ┆ …   │\n│ 0.3 ┆ … ┆ 0.4 │', [2, 2], [9, 9]],
    ['a table whose last row is dots', 'x 1 2\n"...', [2], undefined],
    ['a table', '..., ...\n1, 2\n3, 4', [2, 2], undefined],
    ['gdb', '$1 = {1, 2, 0 <repeats 2 times>, 3.5...}', [5], undefined],
    ['Node', 'Float32Array(103) [\n  1, 2, 3,\n  ... 100 more items\n]', [3], [103]],
    [
      'Node, of rows',
      '[\n  [ 1, 2, ... 1 more item ],\n  [ 3, 4, ... 1 more item ],\n  ... 8 more items\n]',
      [2, 2],
      undefined,
    ],
  ])('knows what %s left out', (_, text, shape, statedShape) => {
    const read = literalIn(text, 0, text.length);
    expect(read.shape).toEqual(shape);
    expect(read.truncated).toEqual(statedShape ? { statedShape } : {});
  });

  it.each([
    ['- 1.0 2.0\n+ 3.0 4.0', '1:1 The selection holds removed and added lines of a diff: select those of one side.'],
    ['x = [1, 2]\ny = [3, 4]', '2:5 The selection holds more than one array: select one of them.'],
    [
      '1,5; 2,5',
      '1:4 Commas and semicolons both part numbers on this line: write decimal points, or select a matrix with its brackets.',
    ],
    ['1\t\t3\n4\t5', '1:4 A cell is empty before this one: two tabs stand before it.'],
    ['{{1, 2}, {3, 4*5}}', "1:15 A comma or a closing bracket should stand here, not '*'."],
    ['x(:,:,1) =\n 1 2\nx(:,:,3) =\n 1 2', '3:1 Page (3) is of shape (2); page (2) of shape (2) should stand here.'],
    ['(1,.,.) =\n 1 2\n(2,.,.) =\n 1', '3:1 Page (2) is of shape (1); page (2) of shape (2) should stand here.'],
    ['   a  b\n0  1  2\n   a  b\n0  3  4', '1:4 There is no array of numbers in the selection.'],
    [
      'x(:,:,1) =\n 1 2\nx(:,:,1) =\n 3 4',
      '1:1 There are 2 pages; by the number of the last one they should be of shape (1).',
    ],
    ['[1] 0.5\n[2]', '1:5 A number stands where row 1 should be.'],
    ['0.5,', '1:1 A single number is no array: select two or more.'],
    ['$1,000.50\n$2,000.50', '1:1 There is no array of numbers in the selection.'],
    ['tensor(0.5)', '1:1 A single number is no array: select two or more.'],
    ['[tensor([1., 2.]), tensor([3.])]', '1:27 Row 1 has 1 number, the rows before it have 2.'],
    ['[1.5%, 2.5%]', "1:5 A comma or a closing bracket should stand here, not '%'."],
    [
      '[1 2; 3 4;;; 5 6; 7 8]',
      '1:10 Two semicolons part columns or pages in Julia, which are not read: write rows with one each.',
    ],
    ['[[1]]\n[1] 1 2\n\n[[2]]\n[1] 3 4', '2:2 A number stands where row 1 should be.'],
    ['[1.0, None, 3.0]', "1:7 'None' is not a number."],
    [
      'Columns 1 through 2\n\n 1 2\n 3 4\n\nColumns 3 through 4\n\n 5 6',
      '8:1 Rows in these columns: 1; in those before them: 2.',
    ],
    [
      'Columns 1 through 2\n\n 1 2\n\nColumns 4 through 5\n\n 5 6',
      '5:1 The numbers are not those of the columns that this names.',
    ],
    [
      '[tensor(1e+03 * [1., 2.]), tensor(1e+02 * [3., 4.])]',
      '1:17 Tensors printed with a factor are read one by one: select one of them.',
    ],
    ['# nothing here', '1:1 There is no array of numbers in the selected comment.'],
    ['  ', '1:1 Nothing is selected.'],
    ['np.zeros((3, 4))', '1:1 There is no array of numbers in the selection.'],
  ])('refuses %j in a sentence', (text, sentence) => {
    let refusal: unknown;
    try {
      literalIn(text, 0, text.length);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(LiteralError);
    const { start, reason } = refusal as LiteralError;
    const { line, column } = lineAndColumn(text, start);
    expect(`${line}:${column} ${reason}`).toBe(sentence);
  });

  it.each(['[1+2j, 3-4j]', '[1.+2.j 3.-4.j]', '[1im, 2.0 + 3.0im]', '[(1+2j), (3-4j)]', '1.0 + 2.0i  3.0 - 4.0i'])(
    'says that complex numbers are not read: %j',
    (text) => {
      expect(() => literalIn(text, 0, text.length)).toThrow(
        'Complex numbers are not read from text: keep their real or imaginary parts, or save them as .npy.',
      );
    },
  );

  it.each([
    ['float x[1000000000] = {1};', 'The array stands for 1,000,000,000 elements, more than 10,000,000.'],
    ['char x[70000][70000] = {0};', 'The array stands for 4,900,000,000 elements, more than 10,000,000.'],
    ['$1 = {0 <repeats 100000000 times>}', 'The array stands for 100,000,000 elements, more than 10,000,000.'],
    [
      '$1 = {{0 <repeats 9000 times>} <repeats 9000 times>}',
      'The array stands for 81,000,000 elements, more than 10,000,000.',
    ],
  ])('is bounded in what %j stands for', (text, sentence) => {
    expect(() => literalIn(text, 0, text.length)).toThrow(sentence);
    expect(() => literalAt(text, text.length - 2)).toThrow(sentence);
    // The other arrays of a program with such a buffer are found all the same.
    const found = Array.from(literals(`${text}\ny = [1, 2]\n`));
    expect(found).toMatchObject([{ error: { code: 'too_many', reason: sentence } }, { shape: [2] }]);
  });
});

describe('objectIn', () => {
  it.each([
    ["{'a': array([[1., 2.],\n       [3., 4.]], dtype=float32), 'b': tensor([1., 2.])}", { a: [2, 2], b: [2] }],
    [
      "OrderedDict([('weight', tensor([[1., 2.], [3., 4.]])), ('bias', tensor([0., 1.]))])",
      { weight: [2, 2], bias: [2] },
    ],
    ["defaultdict(<class 'list'>, {'loss': [0.1, 0.2]})", { loss: [2] }],
  ])('reads the arrays of %s', (text, shapes) => {
    const { entries } = objectIn(text, 0, text.length)!;
    expect(
      Object.fromEntries(Array.from(entries, ([key, entry]) => [key, typeof entry === 'number' ? [] : entry.shape])),
    ).toEqual(shapes);
  });
});
