import { onCallNow } from "../../core/accountability/index.js";
import { findAsked, reachIn, recreateIn, whoCanIn } from "../ask.js";
import { casesToCut, cutIn } from "../cut.js";
import { flawIn } from "../flaw.js";
import { draftIn } from "../init.js";
import { playbookIn, unknownWorkload } from "../playbook.js";
import { readinessDocument } from "../readiness.js";
import { checkCatalogueEffect } from "./catalogue-effect.js";
import { caseWhatIf, estateWhatIf } from "./case-what-if.js";
import { searchEstate } from "./estate-search.js";
import type { HeldEstate } from "./held-estate.js";
import { ownReadiness } from "./own-readiness.js";
import { ownThings, type OwnQuestion } from "./own-things.js";
import type { Answered, OnCall, Question } from "./question.js";
import { suggestionsOf } from "./suggestions.js";

/** Answers questions from one estate; cuts are kept, since what-if asks for their changes. */
export function createAnswers(held: HeldEstate): (question: Question) => Promise<Answered> {
  const cuts = new Map<string, ReturnType<typeof cutIn>>();
  /** Of one case; without an id: of every case that comes back. */
  const cutOf = (id?: string): ReturnType<typeof cutIn> | undefined => {
    const known = cuts.get(id ?? "");
    if (known !== undefined) return known;
    const analysis = held.analysis();
    const cases = id === undefined ? casesToCut(analysis) : analysis.cases.filter((one) => one.id === id);
    if (id !== undefined && cases.length === 0) return undefined;
    const { loaded, setting } = held;
    const found = cutIn({ loaded, setting, become: held.become(), exposures: held.exposures() }, cases);
    cuts.set(id ?? "", found);
    return found;
  };
  return async (question) => {
    const { loaded, options } = held;
    const limits = (limit: number) => ({ now: options.now, limit });
    switch (question.kind) {
      case "who-can": {
        const { action, resource, limit, own } = question;
        const refused = notTheirs(held, "resource", resource, own);
        if (refused !== undefined) return refused;
        return asAnswered(whoCanIn({ loaded, become: held.become() }, action, resource, limits(limit)));
      }
      case "reach": {
        const { principal, limit, own } = question;
        const refused = notTheirs(held, "identity", principal, own);
        if (refused !== undefined) return refused;
        return asAnswered(reachIn({ loaded, become: held.become() }, principal, limits(limit)));
      }
      case "recreate": {
        const { resource, weakness, own } = question;
        const refused = notTheirs(held, "resource", resource, own);
        return refused ?? asAnswered(await recreateIn(loaded, resource, weakness, options, held.vouch));
      }
      case "flaw":
        return asAnswered(await flawIn({ loaded, analysis: held.analysis() }, question.id, options.now));
      case "readiness": {
        const whole = readinessDocument(loaded, held.readiness(), options);
        const { own } = question;
        return answer(
          own === undefined ? whole : ownReadiness(whole, ownThings(loaded.estate, loaded.catalogue, own)),
        );
      }
      case "cut": {
        const found = cutOf(question.case);
        return found === undefined ? { kind: "no-case" } : answer(found);
      }
      case "what-if":
        return caseWhatIf(held, question, cutOf);
      case "what-if-all":
        return estateWhatIf(held, question.document);
      case "playbook":
        return workloadPlaybook(held, question.workload, question.own);
      case "draft":
        return answer(draftIn(loaded, options.now));
      case "owner-reasons": {
        const asked = new Set(question.cases);
        const { cases } = held.analysis();
        const told = cases.filter(({ id }) => asked.has(id));
        return answer(told.map((item) => ({ case: item.id, owners: held.owners.reasonsOf(item) })));
      }
      case "search":
        return answer(searchEstate(loaded.estate, loaded.catalogue, question, options.now));
      case "on-call":
        return answer(onCallAt(held, question.at));
      case "suggestions":
        return answer(suggestionsOf(held));
      case "check-catalogue":
        return answer(await checkCatalogueEffect(held, question.yaml));
    }
  };
}

/** Names of workloads are told to whoever may know of them: near ones too. */
async function workloadPlaybook(
  held: HeldEstate,
  name: string,
  own: OwnQuestion | undefined,
): Promise<Answered> {
  const { loaded, options } = held;
  const mine = own === undefined ? undefined : ownThings(loaded.estate, loaded.catalogue, own);
  const found = await playbookIn(loaded, name, options.now, held.analysis);
  if (mine !== undefined) {
    const of = found.kind === "answer" ? found.document.workload : undefined;
    if (of === undefined || !mine.workload({ id: of.workload, account: of.account }))
      return { kind: "not-theirs", detail: `nothing that your teams answer for is the workload \`${name}\`` };
  }
  if (found.kind === "answer") return answer(found.document);
  return { kind: "bad-question", detail: unknownWorkload(name, found.near) };
}

/** Names of what is not theirs are not told apart from names that nothing has. */
function notTheirs(
  { loaded: { estate, catalogue } }: HeldEstate,
  what: "resource" | "identity",
  typed: string,
  own: OwnQuestion | undefined,
): Answered | undefined {
  if (own === undefined) return undefined;
  const found = findAsked(typed, what === "resource" ? estate.resources : estate.principals);
  return found !== undefined && ownThings(estate, catalogue, own).thing(found)
    ? undefined
    : {
        kind: "not-theirs",
        detail: `nothing that your teams answer for is the ${what} \`${typed}\`: give its full id`,
      };
}

function onCallAt({ loaded: { catalogue, estate } }: HeldEstate, at: string): readonly OnCall[] {
  if (catalogue === undefined) return [];
  return catalogue.teams.flatMap((team) =>
    onCallNow(team, estate.shifts, catalogue.people, at).map(({ person, until, level, schedule }) => ({
      team: team.id,
      person: person.id,
      name: person.name,
      until,
      level,
      schedule,
    })),
  );
}

const answer = (document: unknown): Answered => ({ kind: "answer", document });

function asAnswered(
  asked:
    | { readonly kind: "answer"; readonly document: unknown }
    | { readonly kind: "bad-question"; readonly message: string },
): Answered {
  return asked.kind === "answer" ? answer(asked.document) : { kind: "bad-question", detail: asked.message };
}
