/** An index before its element: of C and lldb `[0] = 1`, of PHP `[0] => 1`, where `Array` stands before a list. */
const designator = /\[(\d+)\]\s*=>?\s*(?:Array\s+(?=\())?/y;
/** Behind a name an index is that of an element of the name's array. */
const designatorBefore = /(?:^|[^\w\])])\[\d+\]\s*=>?\s*(?:Array\s+)?$/;

/** Units looked at before a bracket. */
const lookedAt = 48;

/**
 * Where the element starts whose index stands at an offset, as in `{[0] = 1, [1] = 2}`; Lua counts from 1.
 *
 * @param count elements before it
 * @returns the offset itself if no index of the next element stands there
 */
export function designatedStart(text: string, at: number, count: number): number {
  designator.lastIndex = at;
  const index = Number(designator.exec(text)?.[1]);
  return index === count || index === count + 1 ? designator.lastIndex : at;
}

/** Whether the index of an element stands right before its bracket. */
export function isDesignated(text: string, bracket: number): boolean {
  return designatorBefore.test(text.slice(Math.max(0, bracket - lookedAt), bracket));
}
