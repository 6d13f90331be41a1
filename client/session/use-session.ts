import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import * as api from "./api.ts";

/** Where the person who is signed in is kept among the queries. */
export const sessionKey = ["session"];

/** Who is signed in: `data` is undefined while that is not known yet, null for nobody. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: api.whoAmI, staleTime: Infinity });
}

/** Takes a name and makes a guest of it. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: api.signIn,
    onSuccess: (person) => queries.setQueryData(sessionKey, person),
  });
}
