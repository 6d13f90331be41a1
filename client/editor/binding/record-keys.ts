import type * as Y from "yjs";
import type { Attrs, Value } from "../../../shared/body/blocks.ts";
import { sameValue } from "../../../shared/body/line.ts";

/** Sets what differs between two sets of keys, and nothing else: what others set meanwhile stays. */
export function setKeys(map: Y.Map<Value>, then: Attrs, now: Attrs): void {
  for (const [name, value] of Object.entries(now)) if (!sameValue(then[name], value)) map.set(name, value);
  for (const name of Object.keys(then)) if (!(name in now)) map.delete(name);
}
