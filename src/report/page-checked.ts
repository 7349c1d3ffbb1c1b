import type { Case } from "../core/decision/index.js";
import { placeOf } from "./place.js";
import type { PageBlock, PageLine, PageOptions } from "./page-block.js";
import { shortName, withoutArns } from "./short-name.js";
import { counted } from "./wording.js";

const nearestMisses = 3;
const shownRoutes = 3;

/** CHECKED, STOPPED, ALSO, FLOOR: that the denies were read matters as much as the path. */
export function checkedBlock(item: Case, options: PageOptions): PageBlock {
  const { checked, floor, findingReturns, derived, formula } = item.recreation;
  return {
    name: "checked",
    title: "What was checked",
    lines: [
      {
        label: "CHECKED",
        text:
          checked.length === 0
            ? "nothing could be checked without the missing facts"
            : withoutArns(checked.join(" · ")),
        sources: [],
      },
      ...(derived || options.verbose
        ? [
            {
              label: "",
              text: withoutArns(
                `actions ${derived ? "derived, not from a formula of their own" : "from the formula"}: ${formula}`,
              ),
              sources: [],
            },
          ]
        : []),
      ...uncheckedLines(item, options),
      ...identityLines(item, options),
      stoppedLine(item, options),
      ...alsoLines(item, options),
      ...(findingReturns === undefined
        ? []
        : [{ label: "", text: withoutArns(findingReturns), sources: [] }]),
      {
        label: "FLOOR",
        text:
          floor.length === 0 ? "not known" : withoutArns(`${floor.join(" and ")} can always; not counted`),
        sources: [],
      },
    ],
  };
}

/** Of routes that are not written out; those that are say it themselves. */
function uncheckedLines(item: Case, options: PageOptions): readonly PageLine[] {
  const { paths, verdict } = item.recreation;
  const open = paths.filter(({ unchecked }) => unchecked !== undefined);
  const written = options.verbose || (open.length === 1 && open[0] === paths[0] && verdict === "possible");
  if (open.length === 0 || written) return [];
  const routes = paths.length === 1 ? "the route" : `${open.length} of ${counted(paths.length, "route")}`;
  return [
    { label: "", text: `not checked by the second evaluator: ${routes}; --verbose says why`, sources: [] },
  ];
}

const proofWords: Readonly<Record<string, string>> = {
  spiffe: "cryptographic workload identity (SPIFFE)",
  oidc: "cryptographic token (OIDC)",
  saml: "signed assertion (SAML)",
  platform: "short-lived, issued by the cloud",
  held: "held credential",
  person: "signs in",
  code: "the code itself",
  unknown: "not known",
};

/** R78, R80: how whoever starts the worst route proves itself, and whether access on it is decided when it is asked for. */
function identityLines(item: Case, options: PageOptions): readonly PageLine[] {
  if (item.recreation.verdict !== "possible") return [];
  const paths = options.verbose ? item.recreation.paths : item.recreation.paths.slice(0, 1);
  return paths.flatMap(({ identityProof, requestPolicy }, index): readonly PageLine[] => {
    if (identityProof === undefined || requestPolicy === undefined) return [];
    const decided =
      requestPolicy.value === true
        ? `decided when it is asked for: ${requestPolicy.because}`
        : requestPolicy.value === false
          ? `not decided when it is asked for: ${requestPolicy.because}`
          : requestPolicy.because;
    return [
      {
        label: index === 0 ? "IDENTITY" : "",
        text: withoutArns(
          `${shortName(identityProof.of)}: ${proofWords[identityProof.kind] ?? identityProof.kind}, ${identityProof.because} · ${decided}`,
        ),
        sources: options.verbose
          ? identityProof.evidence.map((evidence) => ({ text: placeOf(evidence, options.folder), evidence }))
          : [],
      },
    ];
  });
}

function stoppedLine(item: Case, options: PageOptions): PageLine {
  const stopped = options.verbose ? item.recreation.stopped : item.recreation.stopped.slice(0, nearestMisses);
  const more = item.recreation.stopped.length - stopped.length;
  const texts = stopped.map(({ who, by }) =>
    by === "no grant" ? `${shortName(who)} has no grant` : `${shortName(who)}: ${withoutArns(by)}`,
  );
  return {
    label: "STOPPED",
    text:
      texts.length === 0 ? "nobody who came near" : `${texts.join(" · ")}${more > 0 ? ` · +${more}` : ""}`,
    sources: stopped.flatMap(({ evidence }) =>
      evidence === undefined ? [] : [{ text: placeOf(evidence, options.folder), evidence }],
    ),
  };
}

function alsoLines(item: Case, options: PageOptions): readonly PageLine[] {
  const { paths, morePaths, sharedCases, elsewhere, verdict } = item.recreation;
  const others = paths.slice(1);
  const routes = options.verbose
    ? []
    : others.slice(0, shownRoutes).map((path, index) => `route ${index + 2}: ${withoutArns(path.because)}`);
  const rest = (options.verbose ? 0 : Math.max(0, others.length - shownRoutes)) + morePaths;
  const shared =
    verdict === "governed"
      ? []
      : sharedCases.map((link) => `${counted(link.members, "administrator")} (${link.case})`);
  const parts = [...routes, ...(rest > 0 ? [`+${counted(rest, "route")}`] : []), ...shared];
  const text = parts.join(" · ");
  return [
    ...(text === "" ? [] : [{ label: "ALSO", text, sources: [] }]),
    ...(elsewhere.length === 0
      ? []
      : [
          {
            label: text === "" ? "ALSO" : "",
            text: withoutArns(`the same weakness could be made anew, not counted: ${elsewhere.join(" · ")}`),
            sources: [],
          },
        ]),
  ];
}
