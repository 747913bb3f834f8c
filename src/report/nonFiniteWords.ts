/** "3 NaN and 1 Inf", naming only what there is. */
export function nonFiniteWords(nan: number, inf: number): string {
  return [nan > 0 ? `${nan} NaN` : '', inf > 0 ? `${inf} Inf` : ''].filter(Boolean).join(' and ');
}
