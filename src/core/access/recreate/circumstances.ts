import type { AccountId, Estate, MissingFact } from "../../estate/index.js";
import { createBecome } from "../become/become.js";
import type { Entry } from "../become.js";
import type { Relaxed } from "../engine.js";
import type { AccessPolicy } from "../sanction.js";
import { delegable, delegationMissing } from "./delegation.js";
import { missingFact, shortName, type FormulaContext } from "./context.js";
import { any, can, rightsOf, type Formula } from "./formula.js";
import { common, isEmpty, membersOf, union, without, type Members } from "./members.js";
import { bindingsOf, tagging } from "./bindings.js";
import { liftOrganizationPolicy } from "./organization-guard.js";
import { createSolver, type Solver } from "./solver.js";
import { createWorld, type World } from "./world.js";

/** What one answer is asked about once more, with circumstances that somebody could change first. */
export interface Circumstances {
  readonly context: FormulaContext;
  readonly solver: Solver;
  readonly restore: Formula;
  readonly policy: AccessPolicy;
  readonly counts: (entry: Entry) => boolean;
  /** Administrators of the account: where nobody can, whoever frees them of an SCP goes through them. */
  readonly administrators: Members;
}

/** One kind of circumstance: who changes it, and what would then be taken as met. */
interface Change {
  readonly relaxed: Relaxed;
  readonly by: Members;
  readonly missing: (name: string) => MissingFact;
  /** Identities that are no end of the way once it is changed. */
  readonly freed?: Members;
}

/**
 * Before anybody is told that nobody else can: whether somebody could who first sets the tags that a right is bound to
 * (`aws:ResourceTag`, `aws:PrincipalTag`: IAM User Guide, "Controlling access to AWS resources using tags"), gives an
 * identity the boundary that a right asks for, or lifts the SCP that stands in the way (recreation.md 2). It is named and
 * leaves the answer open.
 */
export function otherCircumstances(asked: Circumstances): readonly MissingFact[] {
  const { solver, restore, counts, context } = asked;
  const { world } = solver;
  if (rightsOf(restore).length === 0) return [];
  const before = solver.solve(restore).possible;
  if (before === "full") return [];
  for (const { relaxed, by, missing, freed } of changesOf(asked)) {
    if (isEmpty(by)) continue;
    const after = relaxedWorld(world, asked.policy, relaxed);
    const { overlay } = context;
    const engine = overlay.removedStatements === undefined ? after.engine : after.engine.withOverlay(overlay);
    const lifted = freed === undefined ? solver.lifted : without(solver.lifted, freed);
    const { possible } = createSolver(after, engine, lifted).solve(restore);
    const found = possible === "full" ? by : without(common(by, possible), before);
    for (const index of found) {
      if (solver.lifted.has(index) || world.engine.estate.principal(world.name(index)) === undefined)
        continue;
      if (!world.entries(index).some((entry) => entry.band <= 2 && counts(entry))) continue;
      return [missing(world.name(index))];
    }
  }
  return [];
}

function changesOf({ solver, context, administrators }: Circumstances): readonly Change[] {
  const { estate } = context;
  const changes: Change[] = [];
  const { tags, boundaries } = bindingsOf(estate);
  if (tags) {
    const identities = changersOf(solver, ["iam:Tag{kind}", "iam:Untag{kind}"]);
    const resources = holders(solver, tagging(context.id, context.account));
    const missing = (name: string): MissingFact =>
      missingFact(
        "tags-set",
        name,
        `whether ${shortName(name)} sets the tags that a right on the way is bound to`,
        "take away its rights to tag, or bind the right to something that it does not set",
      );
    changes.push({ relaxed: new Set(["identity-tags"]), by: identities, missing });
    changes.push({ relaxed: new Set(["resource-tags"]), by: resources, missing });
    if (!isEmpty(identities) && !isEmpty(resources))
      changes.push({
        relaxed: new Set(["identity-tags", "resource-tags"]),
        by: union(identities, resources),
        missing,
      });
  }
  if (boundaries) {
    changes.push({
      relaxed: new Set(["boundaries"]),
      by: changersOf(solver, ["iam:Put{kind}PermissionsBoundary", "iam:Create{kind}"]),
      missing: (name) =>
        missingFact(
          "boundary-set",
          name,
          `whether ${shortName(name)} gives an identity the boundary that a right on the way asks for`,
          "take away its rights to set boundaries, or look at what it may rewrite: remit reach",
        ),
    });
  }
  for (const account of boundAccounts(context)) {
    changes.push({
      relaxed: new Set(["scps"]),
      by: holders(solver, any(liftOrganizationPolicy(estate, account, "scp"), ...perhaps(estate, account))),
      freed: administrators,
      missing: (name) =>
        missingFact(
          "scp-lifted",
          name,
          `whether ${shortName(name)} lifts the service control policies of account ${estate.account(account)?.name ?? account} first`,
          "take away its rights on the policies of the organisation",
        ),
    });
  }
  return changes;
}

/** Who lifts it if its account was given the right, or by attaching a policy that allows what none did. */
function perhaps(estate: Estate, account: AccountId): readonly Formula[] {
  const organization = estate.organizationOf(account);
  if (organization === undefined) return [];
  const attach = can("organizations:AttachPolicy", "*", organization.managementAccount);
  const unread = delegationMissing(estate, organization) === undefined ? [] : [delegable()];
  return organization.managementAccount === undefined ? unread : [attach, ...unread];
}

const holders = (solver: Solver, formula: Formula): Members => {
  const { possible } = solver.solve(formula);
  return possible === "full" ? membersOf([]) : possible;
};

/** The account of the resource, where an SCP that says anything binds it. */
function boundAccounts({ estate, account }: FormulaContext): readonly AccountId[] {
  const organization = account === undefined ? undefined : estate.organizationOf(account);
  if (account === undefined || organization === undefined || organization.managementAccount === account)
    return [];
  return organization.policies.some(({ type, awsManaged }) => type === "scp" && !awsManaged) ? [account] : [];
}

const changers = new WeakMap<World, Map<string, Members>>();

/** Who may do one of the actions to some identity, whoever ends up as one of those included. */
function changersOf({ world, lifted }: Solver, actions: readonly string[]): Members {
  let known = changers.get(world);
  if (known === undefined) changers.set(world, (known = new Map<string, Members>()));
  let own = known.get(actions.join());
  if (own === undefined) {
    const { engine } = world;
    const found = ["Role", "User"].flatMap((kind) => {
      const targets = engine.estate.principals
        .filter((item) => item.kind === kind.toLowerCase())
        .map(({ id }) => id);
      return actions.flatMap((action) =>
        engine.holdersOnTargets(action.replace("{kind}", kind), targets).map(({ holder }) => holder),
      );
    });
    known.set(actions.join(), (own = membersOf(found)));
  }
  const free = without(own, lifted);
  return isEmpty(free) ? free : membersOf(world.closure(free, lifted).members);
}

const relaxedWorlds = new WeakMap<World, Map<string, World>>();

/** Who becomes whom is asked anew, once for each kind of circumstance. */
function relaxedWorld(world: World, policy: AccessPolicy, relaxed: Relaxed): World {
  let known = relaxedWorlds.get(world);
  if (known === undefined) relaxedWorlds.set(world, (known = new Map<string, World>()));
  const key = [...relaxed].sort().join();
  let found = known.get(key);
  if (found === undefined)
    known.set(
      key,
      (found = createWorld(createBecome(world.engine.withOverlay({ relaxed }), policy), policy)),
    );
  return found;
}
