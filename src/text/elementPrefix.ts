/** Lists that are written as calls, each argument of which is an element: in R, Kotlin, Java, JavaScript and Scala. */
const lists =
  'c|(?:float|double|int|long|short|byte)?[aA]rrayOf|(?:mutableL|l)istOf|(?:List|Array)\\.of|Arrays\\.asList|' +
  'List|Seq|IndexedSeq|Vector|DenseVector';
/** Scala's and PHP's, where Python has a call with one array for argument: two numbers must stand in it, or in the first one in it. */
const severalNumbers = '(?=\\((?:\\s*[aA]rray\\()*\\s*[-+]?[\\d.][\\w.+-]*\\s*,\\s*[-+]?[\\d.])';
/** Calls that make an array or a number of their first argument, in code and in print; old PyTorch puts a factor before it. */
const calls =
  '(?:Parameter containing:\\s*)?(?:(?:np|numpy|jnp|jax\\.numpy|torch|tf|mx|cp)\\.)?' +
  '(?:array|asarray|Array|DeviceArray|tensor|as_tensor|Tensor|FloatTensor|constant|matrix|__float2half)\\(\\s*(?:[\\d.]+e[+-]?\\d+ \\*\\s*)?';

/** In Rust and SQL a word stands before brackets. */
const listAt = new RegExp(`(?:vec!|ARRAY)(?=\\[)|(?:${lists})(?=\\()|[aA]rray${severalNumbers}`, 'y');
const callAt = new RegExp(calls, 'y');
const listBefore = new RegExp(`(?:^|[^\\w.])(vec!|ARRAY|[aA]rray|${lists})$`);
const prefixBefore = new RegExp(`(?:^|[^\\w.])(vec!|ARRAY|[aA]rray|${lists}|${calls})$`);

/** Units looked at before a bracket. */
const lookedAt = 48;

/** Where the bracket stands of the list that is named at an offset, as by `vec![`; the offset itself if none is. */
export function listStart(text: string, at: number): number {
  listAt.lastIndex = at;
  return listAt.test(text) ? listAt.lastIndex : at;
}

/** Where the first argument starts of the call at an offset, as in `tensor([1, 2])`; the offset itself if none stands there. */
export function callStart(text: string, at: number): number {
  callAt.lastIndex = at;
  return callAt.test(text) ? callAt.lastIndex : at;
}

/** Whether the name right before a bracket is that of a list. */
export function isNamedList(text: string, bracket: number): boolean {
  const name = listBefore.exec(text.slice(Math.max(0, bracket - lookedAt), bracket))?.[1];
  return name !== undefined && listStart(text, bracket - name.length) === bracket;
}

/** Where the element starts that a bracket opens: at the name or call right before it, if one stands there. */
export function elementStart(text: string, bracket: number): number {
  const found = prefixBefore.exec(text.slice(Math.max(0, bracket - lookedAt), bracket));
  return bracket - (found?.[1].length ?? 0);
}
