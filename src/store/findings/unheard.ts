/** What is awaited later: a failure before that must not end the process. */
export function unheard<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}
