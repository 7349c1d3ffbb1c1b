/**
 * Joins the compiled modules and the packages that every start needs into a few files: Node finds, reads and compiles
 * hundreds of small modules in a third of a second, and a dozen larger ones in a tenth of that. The licences of the
 * packages inside lie beside them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** What `bin/remit` starts, inside `dist`. */
export const bundleEntry = "bundle/main.js";

/** Packages that are joined; all others stay outside. None has native parts or reads files of its own. */
const joined = ["@noble/hashes", "commander", "csv-parse", "yaml", "zod"];

/**
 * Writes `bundleEntry` into the folder of a build. Where that fails, the entry leads to `cli/main.js`, which is the
 * same product: slower is better than not at all.
 *
 * @param {string} dist the compiled modules
 * @returns {Promise<string | undefined>} why they were not joined
 */
export async function bundle(dist) {
  try {
    await joinModules(dist);
    return undefined;
  } catch (error) {
    mkdirSync(join(dist, "bundle"), { recursive: true });
    writeFileSync(join(dist, bundleEntry), `export { main } from "../cli/main.js";\n`);
    return (error instanceof Error ? error.message : String(error)).split("\n")[0];
  }
}

/** @param {string} dist */
async function joinModules(dist) {
  // Not at the top: this is a package, and ensure.mjs runs before any is installed.
  const { rolldown } = await import("rolldown");
  const modules = await rolldown({
    input: join(dist, "cli/main.js"),
    platform: "node",
    external: (id) => /^[^./]/.test(id) && !joined.some((name) => id === name || id.startsWith(`${name}/`)),
    onLog: () => undefined,
    plugins: [{ name: "narrow-imports", transform: narrowImports }],
  });
  try {
    const { output } = await modules.write({ dir: join(dist, "bundle"), format: "esm" });
    const inside = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
    writeFileSync(join(dist, "bundle/LICENSES.txt"), licencesOf(inside));
  } finally {
    await modules.close();
  }
}

/**
 * The licences of the packages that the modules come from.
 *
 * @param {string[]} modules paths
 */
export function licencesOf(modules) {
  /** @type {Set<string>} */
  const folders = new Set();
  for (const path of modules) {
    const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll("\\", "/"))?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders]
    .sort()
    .map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
      const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (file === undefined) throw new Error(`${name} has no licence file: leave it outside`);
      return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}

/**
 * A room is imported by its face, which names everything there is in it. Where a command asks for one name when it
 * needs it, only the module behind that name is loaded, not the room.
 *
 * @param {string} code
 * @param {string} id path of the module
 */
export function narrowImports(code, id) {
  if (!code.includes("await ") || !code.includes('/index.js")')) return null;
  /** @type {(names: string, face: string) => string} */
  const narrowed = (names, face) => pathBehind(names, face, id);
  return code
    .replace(
      /const (\{[^{}]*\}) = await import\("(\.[^"]*\/index\.js)"\)/g,
      (_, names, face) => `const ${names} = await import("${narrowed(names, face)}")`,
    )
    .replace(/const \[([^\]]*)\] = await Promise\.all\(\[([^\]]*)\]\)/g, (whole, targets, imports) => {
      const names = targets.match(/\{[^{}]*\}|[^\s,{}]+/g) ?? [];
      const faces = [...imports.matchAll(/import\("([^"]*)"\)/g)].map(([, face]) => face ?? "");
      // Anything but a list of imports stays as it is.
      if (names.length !== faces.length || imports.replace(/import\("[^"]*"\)|[\s,]/g, "") !== "")
        return whole;
      const paths = faces.map((face, at) => narrowed(names[at] ?? "", face));
      return `const [${targets}] = await Promise.all([${paths.map((path) => `import("${path}")`).join(", ")}])`;
    });
}

/**
 * The module behind all of the names, or the face where there are several or it cannot be told.
 *
 * @param {string} names `{ a, b: c }`, or the name of a whole room
 * @param {string} face as it is imported
 * @param {string} from path of the module that imports it
 * @returns {string} as it is imported from there
 */
function pathBehind(names, face, from) {
  if (!names.startsWith("{") || !face.startsWith(".") || !face.endsWith("/index.js")) return face;
  const wanted = names
    .slice(1, -1)
    .split(",")
    .map((name) => name.split(":")[0]?.trim() ?? "")
    .filter((name) => name !== "");
  let path = resolve(dirname(from), face);
  while (path.endsWith("/index.js") && existsSync(path)) {
    const exported = [...readFileSync(path, "utf8").matchAll(/^export \{([^}]*)\} from "([^"]+)";/gm)];
    const behind = wanted.map(
      (name) => exported.find(([, list = ""]) => list.split(",").some((item) => item.trim() === name))?.[2],
    );
    const [first] = behind;
    if (first === undefined || !first.startsWith(".") || behind.some((other) => other !== first)) break;
    path = resolve(dirname(path), first);
  }
  const away = relative(dirname(from), path).replaceAll("\\", "/");
  return away.startsWith(".") ? away : `./${away}`;
}
