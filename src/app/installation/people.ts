import type { Command } from "../../core/cases/index.js";
import type { Repositories } from "../../store/index.js";

type People = Pick<Repositories, "people">;

/** Pseudonyms of these people of the catalogue, looked up once. */
export async function pseudonymsFor(
  { people }: People,
  persons: Iterable<string>,
): Promise<(person: string) => string> {
  const known = new Map<string, string>();
  for (const person of new Set(persons)) known.set(person, await people.pseudonymOf(person));
  return (person) => {
    const found = known.get(person);
    if (found === undefined) throw new Error("a person without a pseudonym");
    return found;
  };
}

/** The people whom a command names, as the catalogue calls them. */
export function peopleNamedIn(command: Command): readonly string[] {
  const named =
    "person" in command
      ? command.person
      : "to" in command && command.kind === "hand-over"
        ? command.to
        : undefined;
  return named === undefined ? [] : [named];
}

/** The command as the ledger keeps it: people by their pseudonyms. */
export function withPseudonyms(command: Command, pseudonym: (person: string) => string): Command {
  if (command.kind === "hand-over") return { ...command, to: pseudonym(command.to) };
  return "person" in command && command.person !== undefined
    ? { ...command, person: pseudonym(command.person) }
    : command;
}

/** How a pseudonym looks, so that it is found in values of any shape. */
const pseudonymForm = /^p-[0-9a-zA-Z-]{8,64}$/;

/** Stands where somebody was named whom the installation was made to forget; no id of a catalogue looks like it. */
export const erasedPerson = "erased person";

/** The same value with the names of people for their pseudonyms; who was erased is `erased person`. */
export async function withNames<Value>({ people }: People, value: Value): Promise<Value> {
  const found = new Set<string>();
  visit(value, (text) => {
    if (pseudonymForm.test(text)) found.add(text);
    return text;
  });
  if (found.size === 0) return value;
  const names = await people.personsOf([...found]);
  return visit(value, (text) => (found.has(text) ? (names.get(text) ?? erasedPerson) : text)) as Value;
}

function visit(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item) => visit(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, change)]));
}
