import type { ReactNode } from "react";
import type { Person } from "./answers.ts";
import { Failure } from "./failure.tsx";
import { NamePrompt } from "./name-prompt.tsx";
import { useSession } from "./use-session.ts";

/** Shows what is inside to somebody with a name; asks everybody else for theirs first. */
export function SignedIn({ children }: { children: (me: Person) => ReactNode }) {
  const { data: me, error, refetch } = useSession();
  if (me) return children(me);
  if (me === null) return <NamePrompt />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} home={null} />;
  return null;
}
