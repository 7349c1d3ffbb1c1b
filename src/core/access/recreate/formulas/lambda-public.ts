import { overlayOf } from "../context.js";
import { all, any, can, fact, is } from "../formula.js";
import { declares, declaresPublicPolicy, publicStatementsOf } from "../policy-weakness.js";
import { weakPolicy } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 6: anyone may invoke the function, by its policy or through a URL without authentication. Source: AWS Lambda
 * Developer Guide, "Control access to Lambda function URLs" (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html):
 * a URL of auth type NONE still needs a public policy, for URLs since October 2025 one on `lambda:InvokeFunctionUrl` and
 * `lambda:InvokeFunction`; older ones are exempt until 1 November 2026. Whoever may add the one may add the other.
 * Policies are per alias and version; the public statements of every qualifier count.
 */
export const lambdaPublic: WeaknessFormula = {
  name: "lambda-public",
  weaknesses: ["lambda.public"],
  kinds: ["lambda:function"],
  weak: (context) => weakPolicy(context, "anyone may invoke it"),
  contain(context) {
    const standing = publicStatementsOf(context, context.id).map((item) => item.key);
    return overlayOf({ statements: standing, properties: [[context.id, "url.authType", "AWS_IAM"]] });
  },
  restore(context) {
    const standing = publicStatementsOf(context, context.id);
    const publicPolicy = is(
      fact(
        standing.length > 0,
        "a public statement stands in the function policy",
        standing.map((item) => item.evidence),
      ),
    );
    const authNone = any(
      is(
        context.truth(
          context.id,
          "url.authType",
          (value) => value === "NONE",
          "the URL asks for no login",
          `the URL of function ${context.name}`,
          "aws lambda list-function-url-configs",
        ),
      ),
      can("lambda:UpdateFunctionUrlConfig", context.id),
      can("lambda:CreateFunctionUrlConfig", context.id),
    );
    return any(
      can("lambda:AddPermission", context.id),
      can("lambda:PutResourcePolicy", context.id),
      all(authNone, publicPolicy),
    );
  },
  bypass: () => [],
  declares: (definition) => declares(definition, "url.authType", "NONE") || declaresPublicPolicy(definition),
  elsewhere: (context) => [
    [
      "lambda:CreateFunction",
      `arn:aws:lambda:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:function:*`,
    ],
  ],
  verbs: {
    "lambda:AddPermission": "may open the function",
    "lambda:PutResourcePolicy": "may open the function",
    "lambda:UpdateFunctionUrlConfig": "may drop the login of its URL",
    "lambda:CreateFunctionUrlConfig": "may give it a URL without login",
  },
};
