import type { Contact, PlaybookDocument, PlaybookStep } from "../core/decision/index.js";
import { codeBlock, codeSpan, escape, markdownTable } from "./markdown-text.js";
import { nobody } from "./owner.js";
import { playbookWorkload } from "./playbook-workload.js";
import { withoutArns } from "./short-name.js";
import { count, dueText, minuteOf } from "./wording.js";

const phaseTitles: Readonly<Record<PlaybookStep["phase"], string>> = {
  stop: "Stop it",
  revoke: "Revoke what was used",
  trace: "Trace",
  rotate: "Rotate, with proof",
  narrow: "Narrow",
  retest: "Ask again whether it comes back",
  review: "Review and close",
};

/** The playbook as Markdown: to be printed, put into a wiki, and followed with a pencil (R39). */
export function renderPlaybook(book: PlaybookDocument): string {
  const parts = [
    `# Playbook ${escape(book.id)}: ${escape(withoutArns(book.title))}`,
    ...head(book),
    ...firstMinutes(book),
    ...callList(book),
    ...playbookWorkload(book),
    ...steps(book),
    ...silence(book),
    ...supplier(book),
    ...durable(book),
    ...split(book),
    ...followUps(book),
    ["## Before it is closed", book.closing.map((line) => `- [ ] ${inline(line)}`).join("\n")].join("\n\n"),
    ...(book.gaps.length === 0
      ? []
      : ["## Gaps in this playbook", book.gaps.map((gap) => `- ${inline(withoutArns(gap))}`).join("\n")]),
    footer(book),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Our own sentences hold code spans already; everything around them is escaped. */
const inline = (text: string): string =>
  text
    .split("`")
    .map((part, index) => (index % 2 === 0 ? escape(part) : codeSpan(part)))
    .join("");

function head(book: PlaybookDocument): readonly string[] {
  const tier = `tier ${String(book.tier)}${book.tierIfUnknown > book.tier ? "+" : ""}`;
  const status = [
    ...(book.about === "case" ? [book.comesBack.words] : ["supposed: nothing has happened"]),
    `${book.severity} severity`,
    tier,
  ];
  const because = withoutArns(book.comesBack.because);
  return [
    `**${escape(status.join(" · "))}**`,
    ...(book.about === "case"
      ? [`Comes back: ${escape(book.comesBack.words)}${because === "" ? "" : ` (${escape(because)})`}.`]
      : [
          "Written before anything happened: what to do the moment somebody breaks into this workload. Names and rights are those of today.",
        ]),
    `Decided for ${escape(minuteOf(book.decidedAt))}. If rights or people have changed since, run it again before you rely on a line that says _can_.`,
  ];
}

function firstMinutes(book: PlaybookDocument): readonly string[] {
  const first = book.steps[0];
  const { required, because, contacts } = book.commander;
  const lines = [
    ...(required ? [commanderText(contacts, because)] : []),
    ...(first === undefined
      ? []
      : [
          `**Call ${names(first.contacts.slice(0, 1))}** (${codeSpan(first.role)}) for step 1: ${escape(withoutArns(first.title))}.${first.contacts.length > 1 ? ` No answer: ${names(first.contacts.slice(1))}.` : ""}`,
        ]),
    "Open a log: who was called, who agreed to what, when each step began and ended. Times in UTC.",
    "Work in the order below. A step waits only for those it names.",
  ];
  const clocks = book.clocks.map((clock) => [
    `${clock.task}${clock.late ? " **late**" : ""}`,
    dueWords(clock.due, book),
    escape(clock.rule),
    escape(withoutArns(clock.because)),
  ]);
  return [
    "## First five minutes",
    lines.map((line, index) => `${String(index + 1)}. ${line}`).join("\n"),
    markdownTable(["Clock", "Due", "By", "Because"], clocks),
    ...(required ? [] : [`No commander is required: ${inline(withoutArns(because))}.`]),
  ];
}

const commanderText = (contacts: readonly Contact[], because: string): string =>
  contacts.length === 0
    ? `**A commander is required and nobody is named** (${inline(because)}): whoever may approve in an emergency decides until one is.`
    : `**${names(contacts)} commands** (${inline(because)}): call first, and tell everybody whose orders count.`;

/** Of a case the time; of what has not happened yet only how long it would be from the start. */
function dueWords(due: string | null, { about, decidedAt }: PlaybookDocument): string {
  if (due === null) return about === "case" ? "no day" : "–";
  const span = dueText(due, decidedAt);
  return about === "case"
    ? escape(`${minuteOf(due)} (${span})`)
    : escape(span === "today" ? "at once" : `within ${span}`);
}

/** `ana.ruiz, then t.berg`; `~` marks whoever was found by evidence and confirmed by nobody. */
const names = (contacts: readonly Contact[]): string =>
  contacts.length === 0 ? nobody : contacts.map(name).join(", then ");

const name = ({ who, team, inferred }: Contact): string =>
  escape(`${inferred ? "~" : ""}${who}${team === undefined ? "" : ` (${team})`}`);

function callList(book: PlaybookDocument): readonly string[] {
  const rows = book.calls.map(({ role, contacts, leads, steps: own, agreesTo }) => {
    const [first, ...others] = contacts;
    return [
      `${codeSpan(role)}${leads.length === 0 ? "" : ` leads ${leads.join(", ")}`}`,
      first === undefined ? `**${nobody}**` : `**${name(first)}**`,
      others.length === 0 ? "–" : others.map(name).join(", "),
      own.length === 0 ? "–" : own.join(", "),
      agreesTo.length === 0 ? "–" : agreesTo.join(", "),
    ];
  });
  const inferred = book.calls.some(({ contacts }) => contacts.some((contact) => contact.inferred));
  return [
    "## Who to call",
    markdownTable(["Role", "First", "Stands in", "Does steps", "Must agree before"], rows),
    ...(inferred ? ["`~`: found by evidence, confirmed by nobody. Ask whether it is theirs."] : []),
  ];
}

function steps(book: PlaybookDocument): readonly string[] {
  let phase = "";
  return [
    "## What to do, in this order",
    ...book.steps.flatMap((step) => {
      const title = step.phase === phase ? [] : [`### ${phaseTitles[step.phase]}`];
      phase = step.phase;
      return [...title, stepText(step)];
    }),
  ];
}

function stepText(step: PlaybookStep): string {
  const [first, ...others] = step.contacts;
  const able = first === undefined ? "" : ableText(first);
  const lines = [
    `#### ${String(step.step)}. ${escape(withoutArns(step.title))}`,
    [
      `- **Who** ${codeSpan(step.role)} ${first === undefined ? `**${nobody}**` : `**${name(first)}**`}${able === "" ? "" : ` · ${able}`}${others.length === 0 ? "" : ` · stands in: ${others.map(name).join(", ")}`}`,
      ...step.approvals.map(
        ({ role, contacts, conflict }) =>
          `- **Ask first** ${codeSpan(role)} ${names(contacts)}; without a yes, not this step${conflict === undefined ? "" : `. **Gap** ${escape(conflict)}`}`,
      ),
      ...(step.impact === ""
        ? []
        : [
            `- **${noteTitle[step.phase] ?? "Effect"}** ${inline(withoutArns(step.impact.replace(/^known: /, "")))}`,
          ]),
      ...affectedText(step),
      ...(step.after.length === 0 ? [] : [`- **After** step ${step.after.join(", ")}`]),
      ...(step.command === "" || isCommand(step.command) ? [] : [`- **From** ${escape(step.command)}`]),
      ...step.fill.map((line) => `- **Fill in** ${inline(line)}`),
    ].join("\n"),
    ...(isCommand(step.command) ? [codeBlock(step.command)] : []),
    ...(step.command === "" && step.find !== ""
      ? [`No line to copy: nobody who is named is proven able to run it. Who is:\n\n${codeBlock(step.find)}`]
      : []),
    ...step.look.map(({ text, command }) => `**Look** ${inline(text)}\n\n${codeBlock(command)}`),
    ...step.checks.map(
      (check) =>
        `**Check** ${inline(check.text)}${check.command === "" ? "" : `\n\n${codeBlock(check.command)}`}`,
    ),
    "- [ ] done by ………………… at ………… UTC, checked by …………………",
  ];
  return lines.join("\n\n");
}

/** A line for a shell; whatever else tells where something is to be had is a sentence. */
const isCommand = (text: string): boolean => /^(aws|az|gcloud|kubectl|gh|remit) /.test(text);

const noteTitle: Partial<Record<PlaybookStep["phase"], string>> = {
  trace: "Known so far",
  retest: "Goal",
  review: "Why",
};

function ableText({ authority }: Contact): string {
  const proof = authority.proof.map(withoutArns);
  switch (authority.verdict) {
    case "can":
      return `can: ${escape(proof[0] ?? "proven")}, proven`;
    case "cannot":
      return `**cannot**: ${escape(proof.join("; "))}`;
    case "unknown":
      return proof.length === 0 ? "" : `not proven: ${escape(proof.join("; "))}`;
  }
}

function affectedText({ affected, moreAffected }: PlaybookStep): readonly string[] {
  if (affected.length === 0) return [];
  const told = affected.map(
    ({ who, how, lastUsedAt }) =>
      `${escape(withoutArns(who))} (${escape(withoutArns(how))}${lastUsedAt === undefined ? "" : `, last ${lastUsedAt.slice(0, 10)}`})`,
  );
  return [
    `- **Cuts off** ${told.join(", ")}${moreAffected === 0 ? "" : ` and ${count(moreAffected)} more`}: tell them`,
  ];
}

/** T5, ownership.md 6b: who is next where nobody answers; never the security team by default. */
function silence(book: PlaybookDocument): readonly string[] {
  const commander = book.commander.contacts;
  return [
    "## If somebody does not answer or refuses",
    [
      "1. Call whoever stands in, then anybody else of the team in brackets. Nobody left: the runtime authority of the account.",
      commander.length > 0
        ? `2. Then ${names(commander)} orders it. An order moves who acts, never who is accountable for the fix.`
        : "2. Then whoever may approve in an emergency decides, and it stands in the log.",
      "3. A refusal is written down with its reason and its time. Silence counts as refusal after the time that the log names.",
    ].join("\n"),
  ];
}

function supplier({ supplier: letter }: PlaybookDocument): readonly string[] {
  if (letter === undefined) return [];
  return [
    `## What to say to ${escape(letter.to)}`,
    [
      `- **Sends it** ${codeSpan("VENDOR_MGR")} ${names(letter.from)}`,
      `- **Contract** ${escape(letter.contract)}`,
      `- **Our lever** ${escape(withoutArns(letter.lever))}: use it now, do not wait for an answer`,
      ...(letter.gap === undefined ? [] : [`- **Gap** ${escape(letter.gap)}`]),
    ].join("\n"),
    [`**${escape(letter.subject)}**`, "", ...letter.lines.map(inline)]
      .map((line) => `> ${line}`.trimEnd())
      .join("\n"),
    "Do not send account numbers, keys, names of roles or the way in. Sign with a name that can be called back.",
  ];
}

function durable(book: PlaybookDocument): readonly string[] {
  if (book.durable.length === 0) return [];
  const rows = book.durable.map((item) => [
    inline(withoutArns(item.item)),
    `${codeSpan(item.accountable)} ${names(item.contacts.slice(0, 1))}`,
    item.responsible.length === 0 ? "–" : item.responsible.map((role) => codeSpan(role)).join(", "),
    item.interim ? "interim" : "durable",
    dueWords(item.due, book),
  ]);
  return [
    "## What makes it last",
    markdownTable(["Item", "Accountable", "With", "", "Due"], rows),
    ...(book.about === "case" ? [`The least that has to change: ${codeSpan(`remit cut ${book.id}`)}`] : []),
  ];
}

function split(book: PlaybookDocument): readonly string[] {
  const rows = book.split.map(({ domain, roles, who, steps: own, fixes }) => [
    domain,
    roles.map((role) => codeSpan(role)).join(", "),
    who.length === 0 ? nobody : who.map(escape).join(", "),
    own.length === 0 ? "–" : own.join(", "),
    fixes.length === 0 ? "–" : String(fixes.length),
  ]);
  return [
    "## Who holds what: cloud, identity, secrets",
    markdownTable(["Domain", "Roles", "People", "Steps", "Durable items"], rows),
    "Cloud operations close the setting; whoever governs identity decides who has access afterwards; secrets are replaced by whoever governs them. None of them closes it alone.",
  ];
}

function followUps(book: PlaybookDocument): readonly string[] {
  const lines = book.followUps.map((item) => {
    const duty = item.required
      ? `**mandatory** (${escape(item.because.replace(/^mandatory \((.*)\)$/, "$1"))})`
      : escape(item.because);
    const without =
      item.notApplicable === undefined
        ? ""
        : `; not applicable, ${escape(item.notApplicable)}: a signer still has to confirm it`;
    return `- [ ] ${escape(item.name)}: ${codeSpan(item.owner)} ${names(item.contacts.slice(0, 2))}, ${duty}${without}`;
  });
  return [
    "## Follow-ups",
    lines.join("\n"),
    "To waive one takes a signer and a reason, and the waiver ends on a day.",
  ];
}

function footer(book: PlaybookDocument): string {
  const catalogue = book.inputs.find(({ role }) => role === "catalogue");
  const source =
    catalogue === undefined
      ? "without a catalogue: every name is a guess"
      : `names of ${escape(catalogue.document)} (sha256 ${catalogue.digest.slice(0, 12)}…)`;
  return [
    "---",
    "",
    `${escape(book.policyVersion)} · ${count(book.inputs.length)} documents read, ${source}. No universal standard says who owns an exposure; these rules are versioned policy.`,
  ].join("\n");
}
