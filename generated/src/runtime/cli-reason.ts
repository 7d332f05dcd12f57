/** Why a system refuses a file, in words. */
const words: ReadonlyMap<unknown, string> = /*@__PURE__*/ new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "a part of its path is no directory"],
  ["EISDIR", "it is a directory"],
  ["EACCES", "access is denied"],
  ["EPERM", "the system does not allow it"],
  ["EROFS", "it can only be read"],
  ["ENOSPC", "no space is left"],
]);

/** The reason, without a full stop; a code that has no words is its own. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return words.get(code) ?? code ?? "it cannot be used";
}
