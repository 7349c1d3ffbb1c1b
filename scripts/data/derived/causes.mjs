// Actions that bring a finding back and that the sources do not name. Each rule says why; none names a check.
import { checkWords, subjectWords, verbAndNoun } from "./action-words.mjs";
import { familyCauses } from "./family-causes.mjs";
import { serviceOf } from "./service-of.mjs";

/**
 * @typedef {import("./index.mjs").RuleInput} RuleInput
 * @typedef {{ name: string, why: string, adds: (input: RuleInput) => readonly string[],
 *   outranks?: true }} CauseRule `outranks`: what only the weaker sources named is let go
 */

/** @param {string} action */
const parts = (action) => {
  const [service = "", name = ""] = action.split(":");
  return { service, name, ...verbAndNoun(name) };
};

/** Opposites that the sources' table of verbs lacks: what the published fix undoes. */
const opposites = /** @type {const} */ ([
  [/^Monitor(\w+)$/, "Unmonitor$1"],
  [/^Cancel(\w+Deletion)$/, "Schedule$1"],
  [/^Increase(\w+)$/, "Decrease$1"],
  [/^Release(Address)$/, "Disassociate$1"],
]);

/** Settings that stand for a service or a monitor as a whole: they end by being stopped or deleted too. */
const switched = /(Detector|Recorder|Session|Schedule|ResponsePlan|Analyzer)$/;

/** @type {readonly CauseRule[]} */
export const causeRules = [
  ...familyCauses,
  {
    name: "opposite",
    outranks: true,
    why: "the operation that the fix undoes",
    adds: ({ check }) =>
      check.fixOperations.flatMap((fix) => {
        const { service, name } = parts(fix);
        return opposites.flatMap(([from, to]) =>
          from.test(name) ? [`${service}:${name.replace(from, to)}`] : [],
        );
      }),
  },
  {
    name: "delete-of-kind",
    outranks: true,
    why: "the fix creates a kind of a thing whose deletion has the name of the thing",
    adds: ({ check, dictionary }) =>
      check.fixOperations.flatMap((fix) => {
        const { service, verb, noun } = parts(fix);
        if (verb !== "Create" || dictionary.find(`${service}:Delete${noun}`) !== undefined) return [];
        return dictionary
          .of(service)
          .filter((action) => action.verb === "Delete" && action.noun !== "" && noun.endsWith(action.noun))
          .map((action) => action.name);
      }),
  },
  {
    name: "part-created",
    why: "a part of an existing resource is set by creating it as well as by changing it",
    adds: ({ check, actions, dictionary }) =>
      [...actions].flatMap((action) => {
        const setter = dictionary.find(action);
        if (setter === undefined || !/^(Update|Put|Modify|Set)$/.test(setter.verb)) return [];
        const resource = check.resourceType.toLowerCase();
        return ["Create", "Open"].flatMap((verb) => {
          const other = dictionary.find(action.replace(`:${setter.verb}`, `:${verb}`));
          const onResource = other?.types.some((type) => resource.endsWith(type.toLowerCase())) ?? false;
          const whole = other?.types.some((type) => same(type, setter.noun)) ?? true;
          return other !== undefined && onResource && !whole && other.types.join() === setter.types.join()
            ? [other.name]
            : [];
        });
      }),
  },
  {
    name: "sibling-setter",
    why: "the same setting by a broader setter of the same resource",
    adds: ({ check, actions, dictionary }) =>
      [...actions].flatMap((action) => {
        const setter = dictionary.find(action);
        if (setter === undefined || !/^(Update|Put|Modify|Set)$/.test(setter.verb)) return [];
        const subject = new Set(subjectWords(setter.noun));
        const resource = new Set(typeWords(check));
        const asked = checkWords(check.id).filter((word) => subject.has(word) && !resource.has(word));
        return dictionary
          .of(parts(action).service)
          .filter(({ verb, noun, types }) => {
            if (!/^(Update|Put|Modify|Set)$/.test(verb) || types.join() !== setter.types.join()) return false;
            const words = subjectWords(noun);
            return (
              asked.length >= 2 &&
              words.every((word) => subject.has(word)) &&
              asked.every((word) => words.includes(word))
            );
          })
          .map((each) => each.name);
      }),
  },
  {
    name: "part-made",
    why: "a further part that fails is made on the same resource",
    adds: ({ check, actions, dictionary }) =>
      check.creationActions.filter((action) => {
        const created = dictionary.find(action);
        const resource = check.resourceType.toLowerCase();
        return (
          created !== undefined &&
          [...actions].some((each) => parts(each).noun === created.noun) &&
          created.types.length > 0 &&
          created.types.every((type) => resource.endsWith(type.split("/")[0]?.toLowerCase() ?? "-")) &&
          !created.types.some((type) => same(type.split("/")[0] ?? "", created.noun))
        );
      }),
  },
  {
    name: "version",
    outranks: true,
    why: "a resource that is changed by a new version of itself",
    adds: ({ check, dictionary }) => {
      const noun = /^Aws(?:Ec2|Iam)(\w+)$/.exec(check.resourceType)?.[1];
      const service = /^Aws(Ec2|Iam)/.exec(check.resourceType)?.[1]?.toLowerCase();
      if (noun === undefined || service === undefined || /cli|family/.test(check.derivation.join()))
        return [];
      return dictionary.find(`${service}:Create${noun}Version`) === undefined
        ? []
        : [`${service}:Create${noun}Version`];
    },
  },
  {
    name: "switched-off",
    why: "a service or monitor that is asked to run ends by being stopped, deleted or paused",
    adds({ check, actions, dictionary }) {
      if (!/_enabled|_configured|_exists?$/.test(check.id)) return [];
      return [...actions, ...check.creationActions].flatMap((action) => {
        const { service, verb, noun } = parts(action);
        if (verb === "Disable")
          return dictionary
            .of(service)
            .filter(
              (each) => each.verb === "Update" && new RegExp(`^${noun}(Session|Status)$`).test(each.noun),
            )
            .map((each) => each.name);
        // A part of a running service that is asked for is switched by its own setting.
        if (!switched.test(noun) || !asksWhole(check.id)) return [];
        return ["Stop", "Delete", "Update", "Disable"].map((each) => `${service}:${each}${noun}`);
      });
    },
  },
  {
    name: "unused",
    why: "a thing becomes unused by parting it from what used it",
    adds: ({ check, dictionary }) =>
      /_unused$|_not_used$/.test(check.id)
        ? check.fixOperations.flatMap((fix) => {
            const { service, verb, noun } = parts(fix);
            if (verb !== "Delete" && verb !== "Release") return [];
            const membership = noun === "SecurityGroup" ? ["ec2:ModifyNetworkInterfaceAttribute"] : [];
            return [
              ...membership,
              ...dictionary
                .of(service)
                .filter(
                  (action) =>
                    (/^(Disassociate|Detach)$/.test(action.verb) && action.noun === noun) ||
                    action.name === `${service}:Replace${noun}Association`,
                )
                .map((action) => action.name),
            ];
          })
        : [],
  },
  {
    name: "layout",
    why: "that several networks exist is asked: one fewer fails",
    adds: ({ check }) =>
      /_\d+(private|public)|_different_az|_separate_private_public/.test(check.id)
        ? check.creationActions.flatMap((action) => {
            const { service, verb, noun } = parts(action);
            const words = subjectWords(noun);
            const asked = new Set(checkWords(check.id));
            return verb === "Create" && asked.has(words[0] ?? "") && words[0] !== "route"
              ? [`${service}:Delete${noun}`]
              : [];
          })
        : [],
  },
  {
    name: "account-policy",
    why: "without a policy of its own the account has the default, which is weaker",
    adds: ({ actions, dictionary }) =>
      [...actions].flatMap((action) => {
        const { service, verb, noun } = parts(action);
        return verb === "Update" &&
          /^Account\w*Policy$/.test(noun) &&
          dictionary.find(`${service}:Delete${noun}`)
          ? [`${service}:Delete${noun}`]
          : [];
      }),
  },
  {
    name: "reset",
    why: "a group of parameters goes back to its defaults by being reset",
    adds: ({ actions }) =>
      [...actions].flatMap((action) =>
        /:Modify\w*ParameterGroup$/.test(action) ? [action.replace(":Modify", ":Reset")] : [],
      ),
  },
  {
    name: "resource-permission",
    why: "a statement is added to a resource policy without setting the whole",
    adds: ({ check, actions, dictionary }) =>
      /public|cross_account|exposed/.test(check.id) &&
      /^(public-exposure|trust)$/.test(check.classes[0] ?? "")
        ? [...actions].flatMap((action) => {
            const setter = dictionary.find(action);
            const added = dictionary.find(`${parts(action).service}:AddPermission`);
            return setter !== undefined && added !== undefined && setter.types.join() === added.types.join()
              ? [added.name]
              : [];
          })
        : [],
  },
  {
    name: "share",
    why: "sharing itself is the finding",
    adds: ({ check }) =>
      /shared/.test(check.id) ? check.fixOperations.filter((fix) => /:Create\w+Share$/.test(fix)) : [],
  },
  {
    name: "named-setting",
    why: "no fix is published: the setters of the service whose subject the check names",
    adds({ check, actions, dictionary }) {
      if (check.derivation.includes("cli") || check.derivation.includes("family")) return [];
      const services = serviceOf(check);
      const known = [...actions].flatMap((action) => subjectWords(parts(action).noun));
      const resource = new Set([...checkWords(check.service), ...services, ...typeWords(check), ...known]);
      const asked = new Set(checkWords(check.id).filter((word) => !resource.has(word)));
      return services.flatMap((service) =>
        dictionary
          .of(service)
          .filter(({ verb, noun }) => {
            if (!/^(Put|Set|Update|Modify|Delete)$/.test(verb)) return false;
            const words = subjectWords(noun).filter((word) => !resource.has(word));
            if (noun === "Policy") return check.confidence === "none" && asked.has("policy");
            if (verb === "Delete" || verb === "Update") return false;
            const form = /Config|Settings|Options/.test(noun);
            return form && words.length > 0 && words.every((word) => asked.has(word));
          })
          .map((action) => action.name),
      );
    },
  },
];

/** That a whole service runs is asked, not one of its features. */
const asksWhole = (/** @type {string} */ id) =>
  /(^[a-z0-9]+_(is_)?enabled($|_with)|recorder_all_regions|monitor_enabled)/.test(id);

/**
 * Whether a resource type of the dictionary and a noun are one word.
 * @param {string} type
 * @param {string} noun
 */
const same = (type, noun) => type.replaceAll(/[-_ ]/g, "").toLowerCase() === noun.toLowerCase();

/**
 * @param {RuleInput["check"]} check
 * @returns {string[]} `user`, `pool` for `AwsCognitoUserPool`
 */
const typeWords = (check) => subjectWords(check.resourceType.replace(/^Aws/, ""));
