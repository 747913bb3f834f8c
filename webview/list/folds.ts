/** Which lines of a list are unfolded: how they are at first, and what a person changed. */
export class Folds {
  /**
   * @param expandedAtFirst whether a line is unfolded before anybody touches it, by its key
   * @param toggled         lines that are not as they are at first
   */
  constructor(
    private readonly expandedAtFirst: (key: string) => boolean,
    private readonly toggled: readonly string[],
  ) {}

  isExpanded(key: string): boolean {
    return this.expandedAtFirst(key) !== this.toggled.includes(key);
  }

  /** What is toggled once these lines are folded or unfolded. */
  toggle(keys: readonly string[]): readonly string[] {
    return [...this.toggled.filter((key) => !keys.includes(key)), ...keys.filter((key) => !this.toggled.includes(key))];
  }
}
