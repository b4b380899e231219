// A provisioner in one file, without dependencies (Node 20 or later). It is called by Foretaste for each service of a
// trial, checks that the call is genuine, sets the service up — here: in a table in memory — and answers by the API.
//
//   FORETASTE_URL      where Foretaste is, such as http://127.0.0.1:8080
//   FORETASTE_TOKEN    a token of a service account of the vendor with the role trials_team; scope `provisioning`
//   FORETASTE_SECRET   what calls are signed with: whsec_…; two, with a blank between them, while you change it
//   PORT               where to listen; 0, as unless said, takes a free port
//   CANNOT             services that this one cannot provide, with commas between them

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { FORETASTE_URL, FORETASTE_TOKEN, FORETASTE_SECRET, PORT = "0", CANNOT = "" } = process.env;
if (!FORETASTE_URL || !FORETASTE_TOKEN || !FORETASTE_SECRET) {
  console.error("FORETASTE_URL, FORETASTE_TOKEN and FORETASTE_SECRET say where, as whom, and signed with what.");
  process.exit(2);
}
const secrets = FORETASTE_SECRET.trim().split(/\s+/).map((text) => Buffer.from(text.replace(/^whsec_/, ""), "base64"));
const cannot = CANNOT.split(",").filter(Boolean);
/** A call that is older is somebody's recording of one. */
const TOLERANCE_SECONDS = 5 * 60;
const LARGEST = 64 * 1024;

/** What there is, by customer and service. Yours is a database. */
const services = new Map();

/** Whether one of the signatures is one that only somebody with a secret can make (https://www.standardwebhooks.com). */
function genuine(headers, body) {
  const id = headers["webhook-id"] ?? "";
  const time = headers["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(time) || Math.abs(Date.now() / 1000 - Number(time)) > TOLERANCE_SECONDS) return false;
  const given = (headers["webhook-signature"] ?? "").split(" ").map((one) => one.replace(/^v1,/, ""));
  return secrets.some((secret) => {
    const made = createHmac("sha256", secret).update(`${id}.${time}.`).update(body).digest();
    return given.some((text) => {
      const octets = Buffer.from(text, "base64");
      return octets.length === made.length && timingSafeEqual(octets, made);
    });
  });
}

/** Sets up, suspends, resumes or takes away one service. The same order may come more than once: that changes nothing. */
function carryOut({ act, customer, service, quantity }) {
  const key = `${customer.id} ${service}`;
  if (act === "provision") {
    if (cannot.includes(service)) return `${service} is not offered in this region.`;
    services.set(key, { quantity, state: "running" });
  } else if (act === "withdraw") {
    services.delete(key);
  } else if (services.has(key)) {
    services.get(key).state = act === "suspend" ? "suspended" : "running";
  }
  return null;
}

/** Tells Foretaste how it went. Should that fail, nothing is lost: it asks again. */
async function answer(order, failure) {
  const response = await fetch(`${FORETASTE_URL}/api/v1/provisioning-orders/${order}/${failure ? "failed" : "done"}`, {
    method: "POST",
    headers: { authorization: `Bearer ${FORETASTE_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(failure ? { reason: failure } : {}),
  });
  if (!response.ok) console.error(`${order}: the answer was not taken: ${response.status} ${await response.text()}`);
}

async function read(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const server = createServer(async (request, response) => {
  const end = (status) => response.writeHead(status, { "content-length": 0 }).end();
  if (request.method !== "POST") return end(405);
  const body = await read(request);
  if (body === null) return end(413);
  if (!genuine(request.headers, body)) return end(401);
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return end(400);
  }
  // `foretaste provisioner test` asks for nothing.
  if (event.type === "foretaste.provisioning.ping") return end(204);
  // Taken: from here on Foretaste waits for the answer, which may come at once, or tomorrow.
  end(204);
  const { data } = event;
  const failure = carryOut(data);
  console.error(`${data.provisioning_order}: ${data.act} ${data.service}: ${failure ?? "done"}`);
  try {
    await answer(data.provisioning_order, failure);
  } catch (error) {
    console.error(`${data.provisioning_order}: the answer did not arrive: ${error.message}`);
  }
});

server.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
