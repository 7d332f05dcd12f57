/** The order of texts; no stage, used by several. */

/** By code units: the same on every system, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
