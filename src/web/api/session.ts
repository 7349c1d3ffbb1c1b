import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SignedIn, Summary } from "../../api/index.js";
import { keepCsrf, ProblemError, read, send } from "./client.js";
import { apiPath } from "./path.js";

/** Who is signed in; undefined when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<SignedIn | null> => {
      try {
        const { value } = await read<SignedIn>(apiPath("/session"), signal);
        keepCsrf(value.csrf);
        return value;
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export interface SignInMethods {
  readonly token: true;
  readonly oidc?: { readonly label: string; readonly href: string };
  readonly example?: {
    readonly people: readonly {
      readonly id: string;
      readonly name: string;
      readonly roles: readonly string[];
    }[];
  };
}

export const useSignInMethods = () =>
  useQuery({
    queryKey: ["sign-in methods"],
    queryFn: async ({ signal }) => (await read<SignInMethods>("/auth/methods", signal)).value,
  });

/** Everything that was read belonged to whoever was there before. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (proof: { readonly token: string } | { readonly person: string }) =>
      (await send<SignedIn>(apiPath("/session"), { method: "POST", body: proof })).value,
    onSuccess: async (signedIn) => {
      keepCsrf(signedIn.csrf);
      queries.setQueryData(["session"], signedIn);
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => send<undefined>(apiPath("/session"), { method: "DELETE" }),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(["session"], null);
    },
  });
}

export const useSummary = (enabled = true) =>
  useQuery({
    queryKey: ["summary"],
    enabled,
    staleTime: 30_000,
    queryFn: async ({ signal }) => (await read<Summary>(apiPath("/summary"), signal)).value,
  });
