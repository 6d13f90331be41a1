import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import * as api from "./api.ts";
import { Failure } from "./failure.tsx";
import type { Person } from "./answers.ts";
import { NamePrompt } from "./name-prompt.tsx";

const key = ["session"];

/** Who is signed in: undefined while that is not known yet, null for nobody. */
export function useSession() {
  return useQuery({ queryKey: key, queryFn: api.whoAmI, staleTime: Infinity });
}

/** Takes a name and makes a guest of it. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: api.signIn,
    onSuccess: (person) => queries.setQueryData(key, person),
  });
}

/** Shows what is inside to somebody with a name; asks everybody else for theirs first. */
export function SignedIn({ children }: { children: (me: Person) => ReactNode }) {
  const { data: me, error, refetch } = useSession();
  if (me) return children(me);
  if (me === null) return <NamePrompt />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} home={null} />;
  return null;
}
