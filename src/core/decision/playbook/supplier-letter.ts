import type { Case } from "../analysis.js";
import type { Contact, SupplierLetter } from "./playbook.js";

/**
 * What is said to a supplier, ready to send (R74, R75): what we see, what we do without waiting, what they owe us and by
 * when. It names no account, key, address or person beyond those who send it: the letter leaves the house.
 */
export function supplierLetter(
  item: Case,
  decidedAt: string,
  contacts: (role: string) => readonly Contact[],
): SupplierLetter | undefined {
  const { thirdParty } = item;
  if (thirdParty === undefined) return undefined;
  const rows = new Set(item.fix.map(({ row }) => row));
  const ours = item.fix.some(({ item: text }) => text.startsWith("notify our own customers"));
  const openSource = !rows.has(12);
  const { id, contract, technical, gap } = thirdParty;
  const notice = /notice (P\S+)/.exec(contract)?.[1];
  const patch = /fix within (P\S+)/.exec(contract)?.[1];
  const clause = contract
    .split(" · ")
    .find((part) => part !== "none" && !part.startsWith("fix within ") && !part.startsWith("notice "));
  const under = clause === undefined ? "" : `Under ${clause} `;
  const seen = exploited(item)
    ? `We are handling a security incident that involves ${ours ? "something we supply" : "what you provide"} to us.`
    : "We have found an exposure that involves what you provide to us. We know of no misuse at this time.";
  const asks = [
    "which of your systems and people can use the access that you have to ours",
    "whether you have seen it used in a way that you cannot explain, and since when",
    "what you have changed or will change, and when it is in force",
    "which logs you keep of it, and that you keep them",
  ];
  const lines = ours
    ? [
        "To our customers who use it:",
        exploited(item)
          ? "we are handling a security incident that may involve credentials or data of yours."
          : "we have found an exposure that may involve credentials or data of yours. We know of no misuse at this time.",
        "Please replace the credentials that you gave us, and look through your logs for use that you cannot explain.",
        "We will write again when we know more, and when it is closed.",
      ]
    : openSource
      ? [
          `There is nobody to write to under a contract: \`${id}\` is open source. Our lever is ${technical}.`,
          "Report the flaw to its maintainers by the way that its security policy names, without details of our systems.",
        ]
      : [
          seen,
          `Since ${decidedAt.slice(0, 10)} we limit it on our side, without waiting for you: access may stop working.`,
          ...(notice === undefined
            ? []
            : [
                `${under === "" ? "Under our contract " : under}you owe us notice within ${spanWords(notice)}.`,
              ]),
          ...(patch === undefined
            ? []
            : [
                `${under === "" ? "Under our contract " : under}you are to fix it within ${spanWords(patch)}${dueAfter(decidedAt, patch)}.`,
              ]),
          `Please answer${notice === undefined ? "" : dueAfter(decidedAt, notice)}, in writing:`,
          ...asks.map((ask, index) => `${String(index + 1)}. ${ask}`),
          "Access comes back only after we have seen proof that it is closed.",
        ];
  return {
    to: id,
    from: contacts("VENDOR_MGR"),
    contract,
    lever: technical,
    ...(gap === undefined ? {} : { gap }),
    subject: ours
      ? "Security notice to our customers"
      : `Security ${exploited(item) ? "incident" : "exposure"}: your access to our systems`,
    lines,
  };
}

const exploited = (item: Case): boolean =>
  item.facts["exploited"]?.value === true || item.facts["incident_declared"]?.value === true;

const units: Readonly<Record<string, readonly [string, number]>> = {
  D: ["day", 86_400_000],
  H: ["hour", 3_600_000],
  W: ["week", 604_800_000],
};

/** `P14D` → `14 days`, `PT24H` → `24 hours`; another form stays as it is written. */
function spanWords(span: string): string {
  const [, amount = "", unit = ""] = /^PT?(\d+)([DHW])$/.exec(span) ?? [];
  const known = units[unit];
  return known === undefined ? span : `${amount} ${known[0]}${amount === "1" ? "" : "s"}`;
}

function dueAfter(start: string, span: string): string {
  const [, amount = "", unit = ""] = /^PT?(\d+)([DHW])$/.exec(span) ?? [];
  const known = units[unit];
  const at = Date.parse(start);
  if (known === undefined || Number.isNaN(at)) return "";
  const due = new Date(at + Number(amount) * known[1]).toISOString();
  return `, by ${due.slice(0, 10)} ${due.slice(11, 16)} UTC`;
}
