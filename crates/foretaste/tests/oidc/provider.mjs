// A real OpenID provider for the tests: node provider.mjs REDIRECT_URI ACCOUNTS
// ACCOUNTS is a JSON file, read anew each time: {"subject": {"email": "…", "email_verified": true}}.
// Whoever types a subject is that subject. There is a client for each algorithm, named after it.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.FORETASTE_TEST_OIDC}/package.json`);
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const [redirect, accounts] = process.argv.slice(2);
const key = (type, options, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }),
  alg,
  use: "sig",
  kid: alg,
});
const keys = [
  key("rsa", { modulusLength: 2048 }, "RS256"),
  key("rsa", { modulusLength: 2048 }, "PS256"),
  key("ec", { namedCurve: "P-256" }, "ES256"),
  key("ed25519", {}, "EdDSA"),
];
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: keys.map(({ alg }) => ({
      client_id: alg,
      client_secret: `a secret of ${alg}, long enough to be one`,
      redirect_uris: [redirect],
      id_token_signed_response_alg: alg,
    })),
    enabledJWA: { idTokenSigningAlgValues: keys.map(({ alg }) => alg) },
    jwks: { keys },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    findAccount: (_, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...JSON.parse(readFileSync(accounts, "utf8"))[subject] }),
    }),
    cookies: { keys: ["the tests'"] },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
// It ends with the test that started it.
process.stdin.on("close", () => process.exit()).resume();
