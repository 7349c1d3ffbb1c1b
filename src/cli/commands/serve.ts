import type { ServeFlags } from "../run-serve.js";
import { example, type AddCommand } from "./command.js";

export const serve: AddCommand = (program, io, done) => {
  program
    .command("serve")
    .description("Cases that live: the HTTP API of an installation, under /api/v1")
    .option("--host <name>", "where to listen (REMIT_HOST, else 127.0.0.1)")
    .option("--port <n>", "0 takes a free one (REMIT_PORT, else 7373)")
    .option("--public-url <url>", "as browsers see it: https://remit.example.com (REMIT_PUBLIC_URL)")
    .option("--oidc-issuer <url>", "login of the organisation (REMIT_OIDC_ISSUER)")
    .option("--oidc-client-id <id>", "what this installation is called there (REMIT_OIDC_CLIENT_ID)")
    .option("--oidc-client-secret <text>", "better REMIT_OIDC_CLIENT_SECRET: other users see switches")
    .option("--policies <path>", "Cedar policies instead of those that ship (REMIT_POLICIES)")
    .option("--home <folder>", "of the embedded database (REMIT_HOME, `.remit`)")
    .option("--example", "the company of examples/, in a folder of its own")
    .addHelpText("after", example("remit serve --port 7373"))
    .action(async (flags: ServeFlags) => {
      const { runServe } = await import("../run-serve.js");
      done(await runServe(flags, io));
    });
};
