/**
 * The statements of a migration, one by one: the embedded database takes no more than one with the protocol that is
 * used for everything else. Knows comments (`--`), strings and dollar quotes, which is what migrations use.
 */
export function statementsOf(sql: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  let at = 0;
  while (at < sql.length) {
    if (sql.startsWith("--", at)) at = endOf(sql, "\n", at);
    else if (sql[at] === "'") at = endOf(sql, "'", at + 1);
    else if (sql.startsWith("$$", at)) at = endOf(sql, "$$", at + 2);
    else if (sql[at] === ";") {
      statements.push(sql.slice(start, at));
      at += 1;
      start = at;
    } else at += 1;
  }
  statements.push(sql.slice(start));
  return statements.filter((statement) => statement.replaceAll(/--[^\n]*/g, "").trim() !== "");
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + mark.length;
}
