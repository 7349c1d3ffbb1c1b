import { globMatches, type AccessDecision, type AccessEngine } from "../access/index.js";
import { accountOfArn, principalId, type Evidence, type PrincipalId } from "../estate/index.js";
import type { Answerable, Duty } from "./answerable.js";
import { kept } from "./kept.js";
import { chainFinder, type Chain, type Chains } from "./role-chains.js";
import { briefly } from "./short-name.js";

type Authority = Answerable["authority"];

/** What somebody signs in as, a catalogue pattern or a plain principal id. */
export type SignIn = string;

/** More sign-ins than this are not asked one by one; then a refusal is not final. */
const maxSignIns = 50;
const maxOthers = 3;
const maxRefusals = 3;
/** Sign-ins and duties kept. */
const mostKept = 256;

export interface Ability {
  (who: string, signIns: readonly SignIn[], duty: Duty): Authority;
  /** Statements by which these sign-ins are refused, each once. */
  readonly stoppedBy: (signIns: readonly SignIn[], duty: Duty) => readonly Evidence[];
  /** Identities that a sign-in stands for. */
  readonly actorsOf: (signIn: SignIn) => readonly PrincipalId[];
  /** Whether one of these identities surely can, directly or through roles: for many at once, without a proof. */
  readonly anyCan: (duty: Duty) => (actors: readonly PrincipalId[]) => boolean;
}

/**
 * Whether somebody technically can do what they are asked to (R58, verified). `can`: one of the sign-ins is
 * allowed, directly or through roles that it may assume. `cannot`: every one is refused and no chain of roles
 * leads further. Everything else is unknown, and says what is missing.
 */
export function abilityOf(engine: AccessEngine): Ability {
  const matched = kept<readonly PrincipalId[]>(mostKept);
  const chains = kept<Chains>(mostKept);
  const finder = chainFinder(engine);
  const actorsOf = (pattern: SignIn): readonly PrincipalId[] =>
    matched(pattern, () => matchSignIn(engine, pattern));
  const chainsOf = ({ action, resource }: Duty): Chains =>
    chains(`${action} ${resource}`, () => finder.to(action, resource));
  const standings = new WeakMap<readonly PrincipalId[], Standing>();
  const standingOf = (actors: readonly PrincipalId[]): Standing => {
    let found = standings.get(actors);
    if (found === undefined) {
      const further = actors.map((id) => finder.surely(id));
      const own = actors.flatMap((id) => engine.indexOf(id) ?? []);
      found = {
        indices: [...new Set([...own, ...further.flatMap((roles) => roles ?? [])])],
        complete: further.every((roles) => roles !== undefined),
      };
      standings.set(actors, found);
    }
    return found;
  };
  const authorityOf = (who: string, signIns: readonly SignIn[], duty: Duty): Authority => {
    if (signIns.length === 0)
      return unknown([`what ${who} signs in as is not known (\`principals\` in the catalogue)`]);
    const lost = signIns.filter((pattern) => actorsOf(pattern).length === 0);
    const all = [...new Set(signIns.flatMap(actorsOf))].sort();
    const asked = all.slice(0, maxSignIns);
    const answers = asked.map((principal) => ({
      principal,
      verdict: engine.verdict(principal, duty.action, duty.resource),
    }));
    const allowed = answers.find((answer) => answer.verdict === true);
    if (allowed !== undefined)
      return { verdict: "can", proof: proofOf(decide(engine, allowed.principal, duty), duty) };
    const chain = chainsOf(duty);
    const ways: Chain[] = [];
    for (const principal of asked) {
      const way = chain.from(principal);
      if (way?.certain === true)
        return { verdict: "can", proof: [`${duty.action} through ${way.roles.map(briefly).join(" → ")}`] };
      if (way !== undefined) ways.push(way);
    }
    const open = [
      ...answers.flatMap(({ principal, verdict }) =>
        verdict === "unknown" ? missingOf(decide(engine, principal, duty)) : [],
      ),
      ...ways.map(({ roles }) => `whether ${roles.map(briefly).join(" → ")} may be assumed`),
      ...lost.flatMap((pattern) => lostBecause(engine, pattern)),
      ...(all.length > asked.length
        ? [`only ${String(maxSignIns)} of ${String(all.length)} sign-ins of ${who} were asked`]
        : []),
      ...(asked.every((principal) => chain.complete(principal))
        ? []
        : ["more chains of roles lead there than were followed"]),
    ];
    if (open.length > 0) return unknown([...new Set(open)]);
    const refused = asked.slice(0, maxRefusals).map((principal) => decide(engine, principal, duty));
    return { verdict: "cannot", proof: [...refusals(refused, lost), ...othersWhoCan(engine, duty)] };
  };
  const anyCan: Ability["anyCan"] = (duty) => {
    const { allowed } = engine.whoCan(duty.action, duty.resource);
    const chain = chainsOf(duty);
    return (actors) => {
      const { indices, complete } = standingOf(actors);
      if (indices.some((index) => allowed.has(index))) return true;
      return !complete && actors.some((id) => chain.from(id)?.certain === true);
    };
  };
  const stoppedBy: Ability["stoppedBy"] = (signIns, duty) => {
    const asked = [...new Set(signIns.flatMap(actorsOf))].sort().slice(0, maxRefusals);
    const found = asked.flatMap((principal) => blockOf(decide(engine, principal, duty))?.evidence ?? []);
    const places = found.map(
      (item) => [`${item.digest} ${item.pointer ?? ""} ${item.inner ?? ""}`, item] as const,
    );
    return [...new Map(places).values()];
  };
  return Object.assign(authorityOf, { actorsOf, anyCan, stoppedBy });
}

/** Some identities, and all that they surely become by assuming roles: the same whatever they are asked to do. */
interface Standing {
  readonly indices: readonly number[];
  /** False when more was not followed. */
  readonly complete: boolean;
}

/** With its proof; the verdict alone costs far less. */
const decide = (engine: AccessEngine, principal: PrincipalId, { action, resource }: Duty): AccessDecision =>
  engine.decide(principal, action, resource);

const unknown = (proof: readonly string[]): Authority => ({ verdict: "unknown", proof: proof.slice(0, 5) });

function proofOf(answer: AccessDecision, duty: Duty): readonly string[] {
  const through = `${duty.action} through ${briefly(answer.principal)}`;
  return [
    through,
    ...answer.residual.map(({ kind, text }) => `${kind === "require" ? "only if" : "unless not"} ${text}`),
  ];
}

const missingOf = (answer: AccessDecision): readonly string[] =>
  answer.missing.length === 0
    ? [`${answer.action} as ${briefly(answer.principal)} is not decided by the documents`]
    : answer.missing.map(({ fact, collect }) => `${fact} (${collect})`);

/** What stops it: a ban or a limit before a missing grant. */
const blockOf = ({ blocks }: AccessDecision): AccessDecision["blocks"][number] | undefined =>
  blocks.find(({ kind }) => kind !== "no-grant") ?? blocks[0];

/** Why each sign-in is refused: a ban before a limit before a missing grant. */
function refusals(answers: readonly AccessDecision[], lost: readonly SignIn[]): readonly string[] {
  return [
    ...answers.map(
      (answer) =>
        `${answer.action} as ${briefly(answer.principal)}: ${blockOf(answer)?.text ?? "nothing allows it"}`,
    ),
    ...lost.slice(0, 2).map((pattern) => `${briefly(pattern)} does not exist`),
  ];
}

/** Whom to ask instead: at most three of those who can, identities before the account root. */
function othersWhoCan(engine: AccessEngine, { action, resource }: Duty): readonly string[] {
  const allowed = [...engine.whoCan(action, resource).allowed].flatMap((index) => engine.actors[index] ?? []);
  const ours = allowed.filter((id) => /:(user|role)\//.test(id) && !/:role\/aws-service-role\//.test(id));
  const shown = ours.slice(0, maxOthers);
  if (shown.length === 0) return [allowed.length === 0 ? "nobody in the data can" : "only account root can"];
  const more = ours.length - shown.length;
  return [`could: ${shown.map(briefly).join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`];
}

/** A sign-in that no document knows: proven absent only where the identities of its account are complete. */
function lostBecause(engine: AccessEngine, pattern: SignIn): readonly string[] {
  const account = accountOfArn(principalId(plainPattern(pattern)));
  if (account !== undefined && engine.estate.covers("iam", account)) return [];
  return [
    `${briefly(pattern)} is in none of the documents${account === undefined ? "" : ` (identities of account ${account})`}`,
  ];
}

/** `ROLE#SESSION`: the role decides; the session name says who. */
function plainPattern(pattern: SignIn): string {
  const hash = pattern.lastIndexOf("#");
  return principalId(hash < 0 ? pattern : pattern.slice(0, hash));
}

function matchSignIn(engine: AccessEngine, pattern: SignIn): readonly PrincipalId[] {
  const plain = plainPattern(pattern);
  if (!/[*?]/.test(plain)) {
    if (engine.indexOf(principalId(plain)) !== undefined) return [principalId(plain)];
  }
  const reserved = reservedRole(plain);
  return engine.actors.filter((id) => {
    if (globMatches(plain, id)) return true;
    const own = reserved === undefined ? undefined : reservedRole(id);
    return (
      reserved !== undefined &&
      own !== undefined &&
      own.account === reserved.account &&
      globMatches(reserved.name, own.name)
    );
  });
}

/**
 * Identity Center puts its Region into the path of the roles that it makes, except in us-east-1
 * (`/aws-reserved/sso.amazonaws.com/eu-west-1/`); role names are unique in an account whatever their path.
 */
function reservedRole(id: string): { readonly account: string; readonly name: string } | undefined {
  const found =
    /^arn:[^:]+:iam::([^:]+):role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?([^/]+)$/.exec(id);
  const [, account, name] = found ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}
