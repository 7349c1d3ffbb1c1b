import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rejection } from "../../src/core/estate/index.js";
import { loadCatalogue, loadEstate } from "../../src/readers/index.js";
import { runRemit } from "../run-remit.js";

const now = "2026-11-22T12:00:00Z";
const file = join(import.meta.dirname, "mistakes.yaml");
let folder = "";
let estateFile = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-mistakes-"));
  estateFile = join(folder, "gaad-222222222222.json");
  const user = {
    Path: "/",
    UserName: "r.silva",
    UserId: "AIDAEXAMPLE000000001",
    Arn: "arn:aws:iam::222222222222:user/r.silva",
    CreateDate: "2024-01-01T00:00:00Z",
    GroupList: [],
    AttachedManagedPolicies: [],
  };
  writeFileSync(
    estateFile,
    JSON.stringify({ UserDetailList: [user], GroupDetailList: [], RoleDetailList: [], Policies: [] }),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly column: number;
  readonly says: string;
  readonly remedy: string;
}

/**
 * What each marked line of mistakes.yaml is answered with: the column of the fault, what is wrong, and what to type.
 * R43 to R51, R58 to R64, R70, R74 to R76: what a human has to state is worth nothing where a typo hides it.
 */
const answers: Readonly<Record<string, readonly Answer[]>> = {
  "#1": [{ column: 3, says: "`regulated` is `yes`", remedy: "write true, false or unknown" }],
  "#2": [{ column: 3, says: "`deadlines` is `bod2604`", remedy: "did you mean `bod-26-04`?" }],
  "#3": [
    {
      column: 19,
      says: "`m.okafro` (manager) is no person of this catalogue",
      remedy: "did you mean `m.okafor`?",
    },
  ],
  "#4": [
    {
      column: 21,
      says: "managers in a circle: ana.ruiz → c.dupont → ana.ruiz",
      remedy: "remove `manager` from whoever of them is at the top",
    },
  ],
  "#5": [{ column: 21, says: "`actve` is no known field", remedy: "did you mean `active`?" }],
  "#6": [
    {
      column: 33,
      says: "`arn:aws:iam::222222222222:user/rsliva` is no identity of the estate",
      remedy: "did you mean `arn:aws:iam::222222222222:user/r.silva`?",
    },
  ],
  "#7": [
    {
      column: 19,
      says: "`x.left` left `2026-06-20` and answers for nothing",
      remedy: "write `active: false`, or remove `leftAt` if they are still here",
    },
  ],
  "#8": [{ column: 5, says: "the entry is `l.meyer`", remedy: "write fields: `{ id: l.meyer }`" }],
  "#9": [
    {
      column: 33,
      says: "`arn:aws:iam::22222222222:user/p.novak` names no AWS account",
      remedy: "write the twelve digits of the account instead of `22222222222`",
    },
  ],
  "#10": [
    {
      column: 5,
      says: "`t.berg` is stated before, on line 9",
      remedy: "keep one of the two; the first is used",
    },
  ],
  "#11": [{ column: 21, says: "`role` is `IDGOVV`", remedy: "did you mean `IDGOV`?" }],
  "#12": [
    {
      column: 81,
      says: "teams in a circle: cloud-platform → ops → cloud-platform",
      remedy: "take `ops` out of the members of `cloud-platform`, or the other way round",
    },
  ],
  "#13": [
    {
      column: 5,
      says: "`r.silva` is the id of a team and of a person, on line 12",
      remedy: "give the team another id, e.g. `r.silva-team`; until then the person is meant",
    },
  ],
  "#14": [
    {
      column: 33,
      says: "`scope` is `arn:aws:s3:::acme-exports`",
      remedy: "write `resource:` in front of an ARN: `resource:arn:aws:s3:::acme-exports`",
    },
  ],
  "#15": [
    {
      column: 31,
      says: "`runtimeAuthority` is a list",
      remedy: "write one name: an account has exactly one runtime authority (R49)",
    },
  ],
  "#16": [
    {
      column: 7,
      says: "`id` is `12345670123`",
      remedy: "write an account as `PROVIDER:ID`, e.g. `aws:111111111111`; quote a number that starts with 0",
    },
  ],
  "#17": [
    {
      column: 5,
      says: "account `aws:222222222222` has two runtime authorities, `cloud-platform` and `r.silva`; it is stated before, on line 24",
      remedy: "an account has exactly one (R49): remove one entry; until then `cloud-platform` counts",
    },
  ],
  "#18": [
    {
      column: 31,
      says: "`t.berg` is their own deputy",
      remedy: "name somebody else as deputy, or leave `deputy` out",
    },
  ],
  "#19": [
    {
      column: 5,
      says: "`vendor-y` (outsourced) is no third party of this catalogue",
      remedy: "did you mean `vendor-x`?",
    },
  ],
  "#20": [{ column: 51, says: "`until` is `31.12.2027`", remedy: "write it in ISO 8601: `2027-12-31`" }],
  "#21": [
    { column: 51, says: "`until` is `2026-06-31`", remedy: "write a day that the calendar has, in ISO 8601" },
  ],
  "#22": [
    {
      column: 51,
      says: "ended `2026-06-30` and counts for nothing",
      remedy: "renew it with a new date, or remove the line",
    },
  ],
  "#23": [
    {
      column: 24,
      says: "`aws:444444444444` is outside the scope of team `cloud-platform`, `aws:222222222222`",
      remedy: "name a holder for that account, or widen the scope of the team",
    },
    {
      column: 24,
      says: "there is no account `aws:444444444444`: the line reaches nothing",
      remedy: "add it to `accounts`, or correct it",
    },
  ],
  "#24": [
    {
      column: 28,
      says: "there is no workload `elt`: the line reaches nothing",
      remedy: "did you mean `workload:etl`?",
    },
  ],
  "#25": [
    {
      column: 24,
      says: "`credential` is `session`",
      remedy: "leave `credential` out: only the authority to revoke is given per kind of credential",
    },
  ],
  "#26": [{ column: 54, says: "deputy `x.left` has left", remedy: "name somebody who is still here" }],
  "#27": [
    {
      column: 7,
      says: "`kind` is `approve`",
      remedy: "known: revoke, compensating-control, residual-risk, privilege-change, emergency",
    },
  ],
  "#28": [
    {
      column: 5,
      says: "`holder` is missing",
      remedy: "write one name, the id of a person or team; a second one is the `deputy`",
    },
  ],
  "#29": [
    {
      column: 7,
      says: "`ops` (person) is a team and no person of this catalogue",
      remedy: "name one person of it",
    },
  ],
  "#30": [
    {
      column: 33,
      says: "`mustPatchWithin` is `14d`",
      remedy: "write the duration in ISO 8601: `P14D`",
    },
  ],
  "#31": [
    {
      column: 5,
      says: "third party `vendor-backup` has a contract and no technical side: nothing of ours reduces the exposure",
      remedy: "add `technical: { owner: TEAM, lever: …, telemetry: … }`",
    },
    {
      column: 26,
      says: "`m.okafor` (manager) stands for nobody: its own entry has a fault, on line 11",
      remedy: "mend that entry first",
    },
  ],
  "#32": [
    {
      column: 5,
      says: "a just-in-time entry that counts for nothing: its conditions are not stated",
      remedy: "add `approvalByOther: true` and `endsWithin` of at most `PT12H`, if it is so",
    },
  ],
  "#33": [{ column: 41, says: "`reason` is empty", remedy: "write a reason" }],
  "#34": [
    {
      column: 20,
      says: "`s3.publik` is no weakness that is known",
      remedy: "did you mean `s3.public`? `remit schema weakness` lists them",
    },
  ],
  "#35": [
    {
      column: 9,
      says: "`rule` is `D99`",
      remedy: "write a rule id, `D1` to `D14`: `docs/rules.md` lists them",
    },
  ],
  "#36": [{ column: 1, says: "`authorites` is no known field", remedy: "did you mean `authorities`?" }],
};

const marks = new Map(
  readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      const mark = /#\d+$/.exec(line)?.[0];
      return mark === undefined ? [] : [[mark, index + 1] as const];
    }),
);

const wanted = Object.entries(answers).flatMap(([mark, list]) =>
  list.map(({ column, says, remedy }) => `${String(marks.get(mark))}:${String(column)} ${says}; ${remedy}`),
);

const spoken = ({ line, column, reason, hint }: Rejection): string =>
  `${String(line)}:${String(column)} ${reason}; ${hint ?? "NO REMEDY"}`;

describe("a catalogue with more than twenty kinds of mistakes (issue 5, done when 6)", () => {
  test("each is answered with line, column, what is wrong and what to type; nothing else is said", async () => {
    const { estate } = await loadEstate([estateFile], { now });
    const { rejected, notices, catalogue } = await loadCatalogue(file, { now, estate });
    expect(Object.keys(answers).sort()).toEqual([...marks.keys()].sort());
    expect([...rejected, ...notices].map(spoken).sort()).toEqual([...wanted].sort());
    // What is sound is used all the same.
    expect(catalogue?.people.map(({ id }) => id)).toContain("t.berg");
    expect(catalogue?.policy.regulated).toBe("unknown");
  });

  test.each(["analyze", "readiness", "gate"])("%s tells them all, and ends with 3", async (command) => {
    const inputs = ["--estate", estateFile, "--catalogue", file, "--now", now];
    const ran = await runRemit([command, ...inputs, ...(command === "analyze" ? ["--all"] : [])]);
    const said = `${ran.out}\n${ran.err}`.replace(/\s+/g, " ");
    for (const [mark, list] of Object.entries(answers)) {
      const line = marks.get(mark);
      for (const { column, says, remedy } of list) {
        expect(said).toContain(`mistakes.yaml line ${String(line)} column ${String(column)}`);
        expect(said).toContain(says.replace(/, on line \d+$/, ""));
        expect(said).toContain(remedy);
      }
    }
    // A gate that stops is told by 1, which goes before 3.
    expect(ran.code).toBe(command === "gate" ? 1 : 3);
  });
});

/** Mistakes after which nothing of a file is believed. */
const broken: readonly (readonly [string, string, string])[] = [
  [
    "an empty file",
    "",
    "1:1 the file is empty; begin with `version: 1`, or let `remit init` draft a catalogue",
  ],
  [
    "only comments",
    "# later\n",
    "1:1 the file holds only comments; begin with `version: 1`, or let `remit init` draft a catalogue",
  ],
  [
    "a tab",
    "version: 1\npeople:\n\t- id: ana\n",
    "3:1 not valid YAML: tabs are not allowed as indentation; indent with spaces instead of the tab",
  ],
  [
    "a key twice",
    "version: 1\npeople:\n  - id: ana\n    id: ben\n",
    "4:5 `id` is written twice, first on line 3; put what stands below both into one, or remove one",
  ],
  [
    "a star without quotes",
    "version: 1\nauthorities:\n  - { scope: *, kind: revoke }\n",
    '3:14 not valid YAML: alias cannot be an empty string; put quotes around a `*` that is meant as text: `"*"`',
  ],
  [
    "a colon without quotes",
    "version: 1\npeople:\n  - id: ana\n    name: Ana: Ruiz\n",
    "4:11 not valid YAML: nested mappings are not allowed in compact mappings; put quotes around a text with `: ` in it",
  ],
  [
    "a brace that is never closed",
    "version: 1\npeople:\n  - { id: ana\nteams: []\n",
    "4:1 not valid YAML: flow map in block collection must be sufficiently indented and end with a }; close each `[`, `{` and quote on the way to this place",
  ],
  [
    "an alias of nothing",
    "version: 1\npeople: *staff\n",
    '2:9 `*staff` repeats `&staff`, which does not stand before it; write out what is meant; a text that begins with `*` needs quotes: `"*staff"`',
  ],
  [
    "an anchors bomb",
    `version: 1\nx: &a [1,1,1,1,1,1,1,1,1]\n${Array.from("bcdefghi")
      .map(
        (name, at) =>
          `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefgh".charAt(at)}`).join(",")}]`,
      )
      .join("\n")}\n`,
    "3:8 `*a` stands inside a repeated value: repeats of repeats multiply; write the values out; remit does not follow anchors inside anchors",
  ],
  [
    "two documents in one file",
    "version: 1\npeople: []\n---\nversion: 1\n",
    "3:1 a second document begins here, and a catalogue is one; remove the line `---`, or keep the second document in a file of its own",
  ],
  ["no version", "people: []\n", "1:1 `version` is missing; write `version: 1`"],
  [
    "a version in quotes",
    'people: []\nversion: "1"\n',
    "2:1 version `1` is not supported; write `version: 1`, without quotes",
  ],
  [
    "another kind of document",
    "schema: remit.estate/1\nversion: 1\n",
    "1:1 `remit.estate/1` is no catalogue; write `schema: remit.catalogue/1`",
  ],
  [
    "a list",
    "- version: 1\n",
    "1:1 a catalogue is an object of lists; begin with `version: 1`, then `people:` and the other lists",
  ],
  [
    "text",
    "ana owns the exports\nben the rest\n",
    "1:1 the document is a bare string, not an object or a list; begin with `version: 1`; docs/catalogue.md shows a whole one",
  ],
  [
    "a letter in another encoding",
    "version: 1\npeople: [ { id: jos\xe9 } ]\n",
    "2:20 neither UTF-8 nor UTF-16 text; save the file as UTF-8",
  ],
  [
    "a comma too many in JSON",
    '{ "version": 1,\n  "people": [ { "id": "ana", } ] }',
    "2:30 not valid JSON near `} ] }`; mend the JSON at this place: often a comma too many or a quote too few",
  ],
];

describe("a file of which nothing can be believed", () => {
  test.each(broken)("%s: the place and what to do", async (_, text, expected) => {
    const path = join(folder, "remit.yaml");
    writeFileSync(path, Buffer.from(text, "latin1"));
    const { catalogue, rejected } = await loadCatalogue(path, { now });
    expect(rejected.map(spoken)).toEqual([expected]);
    expect(catalogue).toBeUndefined();
  });

  test("anchors that repeat nothing nested are read as YAML means them", async () => {
    const path = join(folder, "anchors.yaml");
    writeFileSync(
      path,
      "version: 1\npeople: [ { id: ana } ]\nteams:\n  - { id: a, role: APP, members: &all [ana] }\n  - { id: b, role: SECOPS, members: *all }\n",
    );
    const { catalogue, rejected } = await loadCatalogue(path, { now });
    expect(rejected).toEqual([]);
    expect(catalogue?.teams.map(({ members }) => members)).toEqual([["ana"], ["ana"]]);
  });
});
