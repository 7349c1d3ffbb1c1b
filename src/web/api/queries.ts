import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { AwayError, ProblemError } from "./client.js";

interface Watch {
  readonly onAnswer: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Old data stays visible while it is read again; only what may heal by itself is tried again. */
export function makeQueries({ onAnswer, onFault }: Watch): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onSuccess: onAnswer, onError: onFault }),
    mutationCache: new MutationCache({ onSuccess: onAnswer, onError: onFault }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        // The server of this machine may be there when the network is not.
        networkMode: "always",
        retry: (count, error) => count < 2 && mayHeal(error),
        retryDelay: (count) => Math.min(5000, 500 * 2 ** count),
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

const mayHeal = (error: Error): boolean =>
  error instanceof AwayError || (error instanceof ProblemError && error.status === 503);
