import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];

describe.each(versions)("wandb %s: versions from versions", (version) => {
	test("drafts of any version and changes on top of the newest hold what they should, and keep whose bytes they are", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_drafts.py");
		const id = (name: string) => textAt(answers, name, "id");
		const first = { "a.txt": "a", "b.txt": "b", "folder/c.txt": "c", "folder/d.txt": "d" };
		const facts = { description: "first", metadata: { n: 1 } };
		expect(at(answers, "draft")).toEqual({ isDraft: true, ...facts, entries: Object.keys(first) });
		expect(answers).toMatchObject({
			...{ "from v0": "v2", "without a change": "v0", "without a run": "v3", "nothing before it": "v0" },
			versions: ["v3", "v2", "v1", "v0"],
			"drawn:v0": { ...facts, texts: first, aliases: [], fileCount: 4, size: 4, loggedBy: "drafter" },
			"drawn:v1": { texts: { "only.txt": "second" }, description: null, metadata: {} },
			"drawn:v2": { ...facts, aliases: ["from-v0"], fileCount: 2, size: 4, loggedBy: "drafter" },
			"drawn:v3": { texts: { "only.txt": "second", "late.txt": "without a run" }, aliases: ["latest"] },
			"grown:v1": { texts: { "a.txt": "a", "b.txt": "newer b", "c.txt": "c" }, size: 9, fileCount: 3 },
			"grown:v2": { aliases: ["latest"], size: 10, fileCount: 4 },
			"fresh:v0": { texts: { "a.txt": "a" } },
		});
		expect(at(answers, "drawn:v2", "texts")).toEqual({ "b.txt": "b", "e.txt": "new" });
		expect(at(answers, "drawn:v2", "births")).toEqual({ "b.txt": id("drawn:v0"), "e.txt": id("drawn:v2") });
		expect(at(answers, "drawn:v3", "births")).toEqual({ "only.txt": id("drawn:v1"), "late.txt": id("drawn:v3") });
		// A client without a run makes one.
		expect(textAt(answers, "drawn:v3", "loggedBy")).not.toBe("drafter");
		const grown = { "a.txt": "a", "b.txt": "newer b", "c.txt": "c", "d.txt": "d" };
		expect(at(answers, "grown:v2", "texts")).toEqual(grown);
		expect(at(answers, "grown:v2", "births")).toMatchObject({ "b.txt": id("grown:v1"), "d.txt": id("grown:v2") });
	});
});
