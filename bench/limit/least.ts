// The least that keeps what it is told: the client floor with the bytes of the limit and PostgreSQL. What is written is a
// row by its key, what is read a look-up by its key, each one statement. No rights, no names, no numbering, no history: what
// a server takes beyond this is what it does for its users.
import { join } from "node:path";
import { openEmbedded } from "../../packages/server/src/db/open-embedded.ts";
import { makeLeastRows } from "../../packages/server/src/testing/least-rows.ts";
import { floorServer, type Keeper } from "../floor/floor-server.ts";
import { at } from "../json.ts";
import { listenAndSay } from "../listen-and-say.ts";
import { openBytesStore } from "./bytes-store.ts";

const folder = process.argv[2] ?? "";
const features = (process.argv[3] ?? "").split(",").filter((name) => name !== "");
const quiet = () => {};
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const database = await openEmbedded({ dataDir: join(folder, "database"), say: quiet, log });
const rows = await makeLeastRows(database.db);
const bytes = await openBytesStore(join(folder, "bytes"));

const written = new Set(["UpsertBucket", "CreateArtifact", "CommitArtifact", "UseArtifact", "LinkArtifact"]);
const read = new Set(["ArtifactType", "ArtifactByID", "ArtifactMembershipByName", "ArtifactTypeArtifactCollections"]);

function keyOf(variables: unknown): string {
	const key = at(variables, "artifactID") ?? at(variables, "id") ?? at(variables, "name");
	return typeof key === "string" ? key : "other";
}

const keeper: Keeper = {
	store: async (request) => {
		await rows.keep((await bytes.store(request)) ?? "refused", "");
	},
	operate: async (name, variables) => {
		if (written.has(name)) await rows.keep(`${name} ${keyOf(variables)}`, JSON.stringify(variables));
		else if (read.has(name)) await rows.find(`${name} ${keyOf(variables)}`);
	},
};

listenAndSay(floorServer({ features, keeper }), () => database.close());
