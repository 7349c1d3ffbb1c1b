/** One figure: what was measured, the value, what the requirement asks, and the ratio from the same run. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly target: string;
  readonly met: boolean | undefined;
  readonly against: string;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly notes?: readonly string[];
}

export function markdown(date: string, machine: string, sections: readonly Section[]): string {
  const head = [
    "# Benchmarks",
    "",
    `Written by \`npm run bench\` on ${date}: ${machine}. A load above the number of processors means that other work`,
    "shared them: the times are then upper bounds. Ratios are of the same run.",
    "",
  ];
  const body = sections.flatMap(({ title, rows, notes = [] }) => [
    `## ${title}`,
    "",
    "| what | measured | target | met | against |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map(
      ({ what, value, target, met, against }) =>
        `| ${what} | ${value} | ${target} | ${met === undefined ? "" : met ? "yes" : "**no**"} | ${against} |`,
    ),
    "",
    ...notes.flatMap((note) => [`- ${note}`]),
    ...(notes.length > 0 ? [""] : []),
  ]);
  return `${[...head, ...body].join("\n").trimEnd()}\n`;
}
