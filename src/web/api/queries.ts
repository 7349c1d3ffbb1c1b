import { QueryClient } from "@tanstack/react-query";
import { AwayError, ProblemError } from "./client.js";

/** Old data stays visible while it is read again; only what may heal by itself is tried again. */
export function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 3 && mayHeal(error),
        retryDelay: (count) => Math.min(5000, 500 * 2 ** count),
      },
      mutations: { retry: false },
    },
  });
}

const mayHeal = (error: Error): boolean =>
  error instanceof AwayError || (error instanceof ProblemError && error.status === 503);
