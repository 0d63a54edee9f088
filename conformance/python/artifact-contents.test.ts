import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];

/** Files of a folder, by names that have gone wrong somewhere before. */
const tree: Readonly<Record<string, string>> = {
	"plain.txt": "plain",
	"100% sure?#1.txt": "percent",
	"a b/c d.txt": "spaces",
	"ünï/日本 語.txt": "unicode",
	"emoji 🦓.txt": "zebra",
	"\u00e9.txt": "composed",
	"e\u0301.txt": "decomposed",
	"\ufb01 before the zebra.txt": "sorted by code point",
	"empty.bin": "",
	"deep/a/b/c/d/e.txt": "deep",
	"quote\"'.txt": "quotes",
	"plus+amp&eq=;,.txt": "signs",
	"...dots/.hidden": "hidden",
	"%2e%2e/%2F.txt": "encoded",
	"~tilde": "tilde",
	["__proto__"]: "a name that objects have",
	constructor: "another one",
	"123": "a number",
	["x".repeat(200)]: "long",
};

const single = Buffer.from(Array.from({ length: 256_000 }, (_, index) => index % 256));
const linked = "behind a link";

/** Everything that the version holds in the end, by path. */
const expected = new Map<string, Buffer>([
	...Object.entries(tree).map(([path, text]): [string, Buffer] => [path, Buffer.from(text)]),
	...["link.txt", "linked folder/target.txt", "below/this/target.txt"].map((path): [string, Buffer] => [
		path,
		Buffer.from(linked),
	]),
	...["single.bin", "again/the same.bin", "not cached.bin"].map((path): [string, Buffer] => [path, single]),
	["media/63f4f1e9b725370f4597.v1.bin", Buffer.from("weights")],
	["made/text.txt", Buffer.from("zëbra")],
	["made/bytes.bin", Buffer.from([0, 255])],
]);
const md5 = (content: Buffer) => createHash("md5").update(content).digest("base64");
const byPath = <T>(value: (content: Buffer) => T) =>
	Object.fromEntries([...expected].map(([path, content]) => [path, value(content)]));

/** As the documents of the wire define it: over paths in the order of their code points. */
function wireDigest(): string {
	const hash = createHash("md5").update("wandb-artifact-manifest-v1\n");
	const paths = [...expected.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	for (const path of paths) hash.update(`${path}:${md5(expected.get(path) ?? Buffer.alloc(0))}\n`);
	return hash.digest("hex");
}

const mistakes = {
	"remove what is not there": "FileNotFoundError",
	"add what is not there": "ValueError",
	"same name, same content": null,
	"same name, other content": "ValueError",
	policy: "ValueError",
	"add after it is logged": "ArtifactFinalizedError",
	"no such entry": "KeyError",
	"file() of many": "ValueError",
	"verify with an extra file": "ValueError",
	"verify after tampering": "ValueError",
};

describe.each(versions)("wandb %s: what a version holds", (version) => {
	test("files added in every way come back byte for byte, and the client says the truth of them", async () => {
		const account = await createAccount(server);
		const files = { "names.json": JSON.stringify(Object.entries(tree)) };
		const answers = await runStep(account, version, "artifact_contents.py", { files });
		const said = at(answers, "said");
		const id = at(said, "id");
		const digest = wireDigest();
		const size = [...expected.values()].reduce((sum, content) => sum + content.length, 0);
		expect(at(answers, "draft")).toEqual({ isDraft: true, state: "PENDING" });
		expect(at(answers, "temporary")).toBe("media/63f4f1e9b725370f4597.v1.bin");
		expect(at(answers, "local path")).toBe("single.bin");
		expect(said).toMatchObject({
			...{ name: "everything:v0", version: "v0", sourceVersion: "v0", type: "dataset" },
			...{ qualifiedName: `${account.team}/zoo/everything:v0`, state: "COMMITTED", isDraft: false },
			...{ description: "all of it", metadata: { lr: 0.1, deep: { a: [1] } }, aliases: ["latest"] },
			...{ size, fileCount: expected.size, digest, announced: digest, commitHash: digest.slice(0, 20) },
			encoded: { _type: "artifactVersion", _version: "v0", id, version: "v0", sequenceName: "everything" },
		});
		expect(at(said, "createdAt")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		expect(at(said, "entries")).toEqual(
			byPath((content) => ({ size: content.length, digest: md5(content), birth: id })),
		);
		expect(at(answers, "downloaded")).toEqual(byPath(sha256));
		expect(at(answers, "below made")).toEqual({
			"made/text.txt": sha256("zëbra"),
			"made/bytes.bin": sha256(Buffer.from([0, 255])),
		});
		expect(at(answers, "listed")).toEqual(
			byPath((content) => ({ size: content.length, digest: md5(content), md5: md5(content) })),
		);
		expect(at(answers, "chosen")).toEqual(["made/text.txt", "single.bin"]);
		expect(at(answers, "one entry")).toBe(sha256(single));
		expect([at(answers, "one path"), at(answers, "file downloaded")]).toEqual(["percent", "zëbra"]);
		expect(at(answers, "checked out")).toBe(true);
		expect(at(answers, "errors")).toEqual(mistakes);
		const none = { digest: "64e7c61456b10382e2f3b571ac24b659", size: 0, fileCount: 0 };
		expect(at(answers, "nothing")).toEqual({ ...none, listed: [], downloaded: {} });

		const [files31] = await ask(account, ["files", "zoo/everything:v0"]);
		expect(files31).toEqual(byPath(sha256));
	});
});
