// What a disk that is full, read-only or failing does to whoever writes, in words that say what to do. Whatever was
// under way is a transaction, or a file that appears when it is whole: nothing of it stays.

import { Problem } from '#shared/platform/problems.ts';

const UNCHANGED = 'Nothing was changed';

const FULL = `The disk is full. ${UNCHANGED}. Make room on the disk that is written to, then do this again.`;
const READ_ONLY = `Nothing can be written: the disk, or the folder, is read-only. ${UNCHANGED}. Make it writable, or name another one.`;
const TOO_LARGE = `A file would become larger than this account may make one. ${UNCHANGED}. Raise the limit ("ulimit -f"), then do this again.`;
const REFUSED = `The disk refuses to be written or read. ${UNCHANGED}. It may be full, at a limit for the size of a file, or failing: look at it, then do this again.`;

/** By the code of Node, of SQLite, or of PostgreSQL. */
const SAY: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: TOO_LARGE,
  EROFS: READ_ONLY,
  EIO: REFUSED,
  SQLITE_FULL: FULL,
  // The index of the log is a file of its own, made when the database is opened.
  SQLITE_IOERR_SHMSIZE: FULL,
  SQLITE_READONLY: READ_ONLY,
  SQLITE_IOERR: REFUSED,
  // The file itself was found; what cannot be made is the log beside it.
  SQLITE_CANTOPEN: READ_ONLY,
  '53100': FULL,
  '25006': READ_ONLY,
};

/** The refusal behind an error of a disk, or of a database for the sake of one; undefined for any other error. */
export function findStorageProblem(error: unknown): Problem | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') {
    const say = SAY[code] ?? SAY[code.replace(/^(SQLITE_[A-Z]+)_.*/, '$1')];
    if (say !== undefined) return new Problem('no_storage', say);
  }
  return cause === undefined ? undefined : findStorageProblem(cause);
}
