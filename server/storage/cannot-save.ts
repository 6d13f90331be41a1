import { Refused } from "../../shared/protocol/refusals.ts";

/** SQLite's result codes for a disk that does not take what is written: its lowest byte says the kind. */
const sqliteDiskErrors = new Set([
  5, // busy: another program holds the database
  8, // read-only
  10, // input/output error
  13, // full
  14, // a file cannot be opened
]);

const fileDiskErrors = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "EACCES", "EMFILE", "ENFILE"]);

/**
 * What a failed write rejects with: the refusal "cannot-save" with the error as its cause where the disk is to
 * blame, since then trying again later helps; anything else is a bug and stays as it is.
 */
export function cannotSave(error: unknown): unknown {
  if (!isDiskError(error)) return error;
  const refused = new Refused("cannot-save");
  refused.cause = error;
  return refused;
}

function isDiskError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("errcode" in error && typeof error.errcode === "number")
    return sqliteDiskErrors.has(error.errcode & 0xff);
  return "code" in error && typeof error.code === "string" && fileDiskErrors.has(error.code);
}
