import type { PlaybookDocument, SummedReach } from "../core/decision/index.js";
import { codeSpan, escape, markdownTable } from "./markdown-text.js";
import { shortName, withoutArns } from "./short-name.js";
import { count, counted } from "./wording.js";

const mostShown = 20;

/** What somebody has to know of the workload before touching it: planes, identities, neighbours, secrets, open cases. */
export function playbookWorkload({ workload }: PlaybookDocument): readonly string[] {
  if (workload === undefined) return [];
  const { reach } = workload;
  return [
    `## The workload ${escape(workload.name)}`,
    markdownTable(
      ["Plane", "Role", "Who", "How we know"],
      workload.planes.map(({ plane, role, who, via }) => [
        plane,
        codeSpan(role),
        `**${escape(who)}**`,
        escape(withoutArns(via)),
      ]),
    ),
    workload.identities.length === 0
      ? "As whom it runs is not known: until it is, nobody can say what an intruder reaches."
      : `Runs as ${workload.identities.map((id) => `**${escape(shortName(id))}**`).join(", ")}. ${escape(reachSentence(reach))}`,
    ...neighbours(reach),
    ...secrets(workload),
    ...(workload.cases.length === 0
      ? []
      : [
          "Open today:",
          workload.cases
            .map(
              ({ id, title, words }) => `- ${codeSpan(id)} ${escape(withoutArns(title))} (${escape(words)})`,
            )
            .join("\n"),
        ]),
  ];
}

/** `An intruder gets 3 identities, 2 accounts, 14 resources; administers prod.` */
export function reachSentence(reach: SummedReach): string {
  const { identities, accounts, resources, administers, privileges } = reach;
  const open = [...identities, ...resources].filter(({ verdict }) => verdict === "unknown").length;
  return [
    `An intruder reaches ${counted(identities.length, "identity", "identities")} in ${counted(accounts.length, "account")} and ${counted(resources.length, "resource")} beside it${open === 0 ? "" : `, ${count(open)} of them only if a missing fact allows it`}.`,
    ...(administers.length === 0
      ? []
      : [`It administers ${administers.map(({ name }) => name).join(", ")}.`]),
    ...(privileges.length === 0
      ? []
      : [
          `It may manage permissions: ${privileges.slice(0, 4).join(", ")}${privileges.length > 4 ? ` and ${count(privileges.length - 4)} more` : ""}.`,
        ]),
  ].join(" ");
}

function neighbours({ services, resources, unlisted }: SummedReach): readonly string[] {
  const rows = services.map(({ service, read, change, unknown }) => {
    const own = resources.filter(({ kind }) => kind.startsWith(`${service}:`));
    const names = own.slice(0, mostShown).map(({ name }) => escape(name));
    return [
      escape(service),
      count(read),
      count(change),
      unknown === 0 ? "–" : count(unknown),
      `${names.join(", ")}${own.length > mostShown ? ` and ${count(own.length - mostShown)} more` : ""}`,
    ];
  });
  return [
    ...(rows.length === 0
      ? []
      : [
          "Services next to it that an intruder reaches:",
          markdownTable(["Service", "May read", "May change", "Not known", "Which"], rows),
        ]),
    ...(unlisted.length === 0
      ? []
      : [
          `Its policies also name ${unlisted.map((service) => codeSpan(service)).join(", ")}; nothing of these was collected, so what lies there is not known.`,
        ]),
  ];
}

function secrets({ credentials }: NonNullable<PlaybookDocument["workload"]>): readonly string[] {
  if (credentials.length === 0) return ["No standing secret of it is known."];
  return [
    "Secrets it holds or is opened by:",
    markdownTable(
      ["Secret", "Kind", "Opens", "State", "Last used", "Lies in", "Used by"],
      credentials.map((item) => [
        escape(shortName(item.id)),
        escape(item.kind),
        escape(shortName(item.holder)),
        escape(item.status),
        item.lastUsedAt === undefined ? "not known" : escape(item.lastUsedAt.slice(0, 10)),
        item.copies.length === 0
          ? "not known"
          : item.copies.map((place) => escape(shortName(place))).join(", "),
        item.consumers.length === 0
          ? "not known"
          : item.consumers.map((who) => escape(shortName(who))).join(", "),
      ]),
    ),
  ];
}
