/** A point of the window, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Finds the middle of the first occurrence of a text in the visible lines of the editors. Runs in the workbench's page,
 * so that it must stand by itself.
 */
export function textPlace(text: string): Place | undefined {
  for (const line of document.querySelectorAll('.monaco-editor .view-line')) {
    const start = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(text);
    if (start < 0) {
      continue;
    }
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let offset = Math.floor(start + text.length / 2);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { length } = node.textContent!;
      if (offset < length) {
        const range = document.createRange();
        range.setStart(node, offset);
        range.setEnd(node, offset + 1);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      offset -= length;
    }
  }
  return undefined;
}
