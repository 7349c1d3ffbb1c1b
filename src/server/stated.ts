/** What was stated of a query: absent where it was not, as the rest of the code has it. */
export const stated = <Query extends object>(
  query: Query,
): { [Key in keyof Query]: Exclude<Query[Key], undefined> } =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Query]: Exclude<Query[Key], undefined>;
  };
