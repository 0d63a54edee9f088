import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep, stepSource } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];
const files = { "fake_buckets.py": stepSource("fake_buckets.py") };
const md5 = (text: string) => createHash("md5").update(text);
const hexOfId = (id: string) => Buffer.from(id, "base64").toString("hex");

/** What must be kept of each reference, whose digest is its last part. */
function references(sourceId: string) {
	const source = `wandb-artifact://${hexOfId(sourceId)}`;
	const s3 = (version: string, size: number) => ({ etag: `etag-${version}-${size}`, versionID: version });
	return {
		"tagged.txt": { ref: "SITE/tagged.txt", size: 12, extra: { etag: `"${md5("from the web").digest("hex")}"` } },
		"web/renamed.txt": { ref: "SITE/untagged.txt", size: 13, extra: {} },
		"web/unchecked.txt": { ref: "SITE/tagged.txt", size: 0, extra: {} },
		"s3/newest.csv": { ref: "s3://bucket/one.csv", size: 7, extra: s3("version-2", 7) },
		"s3/oldest.csv": { ref: "s3://bucket/one.csv", size: 7, extra: s3("version-1", 7) },
		"s3/deep/a.csv": { ref: "s3://bucket/deep/a.csv", size: 1, extra: s3("version-1", 1) },
		"s3/deep/more/b.csv": { ref: "s3://bucket/deep/more/b.csv", size: 2, extra: s3("version-1", 2) },
		"s3/unchecked": { ref: "s3://bucket/deep", size: 0, extra: {} },
		"gs/oldest.csv": { ref: "gs://bucket/one.csv", size: 7, extra: { versionID: "version-1" } },
		"gs/deep/a.csv": { ref: "gs://bucket/deep/a.csv", size: 1, extra: { versionID: "version-1" } },
		"gs/deep/more/b.csv": { ref: "gs://bucket/deep/more/b.csv", size: 2, extra: { versionID: "version-1" } },
		"x.txt": { ref: "LOCAL/x.txt", size: 16, extra: {} },
		"sub/y z.txt": { ref: "LOCAL/sub/y z.txt", size: 22, extra: {} },
		"unchecked.txt": { ref: "LOCAL/x.txt", size: 16, extra: {} },
		unknown: { ref: "ftp://example.com/any thing", size: 0, extra: {} },
		"from/entry.txt": { ref: `${source}/rows/source.txt`, size: 0, extra: {} },
		"from/reference.csv": { ref: `${source}/far.csv`, size: 0, extra: {} },
		"from/url.table.json": { ref: `${source}/animals.table.json`, size: 0, extra: {} },
	};
}

const digests = {
	"tagged.txt": md5("from the web").digest("hex"),
	"web/renamed.txt": "SITE/untagged.txt",
	"web/unchecked.txt": "SITE/tagged.txt",
	"s3/newest.csv": "etag-version-2-7",
	"s3/oldest.csv": "etag-version-1-7",
	"s3/unchecked": "s3://bucket/deep",
	"gs/oldest.csv": "etag-version-1-7",
	"gs/deep/more/b.csv": "etag-version-1-2",
	"x.txt": md5("content of x.txt").digest("base64"),
	unknown: "ftp://example.com/any thing",
	"own.txt": md5("bytes of its own").digest("base64"),
	"from/entry.txt": md5("rows of the source").digest("base64"),
	"from/reference.csv": "etag-version-2-7",
};

const downloaded = {
	"tagged.txt": "from the web",
	"web/renamed.txt": "without a tag",
	"s3/newest.csv": "new one",
	"s3/oldest.csv": "old one",
	"s3/deep/a.csv": "a",
	"s3/deep/more/b.csv": "bb",
	"gs/oldest.csv": "old one",
	"gs/deep/a.csv": "a",
	"gs/deep/more/b.csv": "bb",
	"x.txt": "content of x.txt",
	"sub/y z.txt": "content of sub/y z.txt",
	"own.txt": "bytes of its own",
	"from/entry.txt": "rows of the source",
	"from/reference.csv": "new one",
};

describe.each(versions)("wandb %s: references", (version) => {
	test("to the web, to buckets, to the disk and to other versions keep their facts and lead back to the bytes", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_references.py", { files });
		const source = textAt(answers, "ids", "source");
		const wanted = references(source);
		expect(at(answers, "entries")).toEqual(wanted);
		expect(at(answers, "digests")).toMatchObject(digests);
		const sizes = Object.values(wanted).map(({ size }) => size);
		expect(at(answers, "size")).toBe(sizes.reduce((sum, size) => sum + size, "bytes of its own".length));
		expect(at(answers, "fileCount")).toBe(sizes.length + 1);
		expect(at(answers, "downloaded")).toMatchObject(downloaded);
		expect(at(answers, "target")).toBe("s3://bucket/one.csv");
		expect(at(answers, "url's table")).toEqual([["zebra"]]);
		expect(at(answers, "errors")).toEqual({
			"more than max_objects": "ValueError",
			"no URI": "ValueError",
			"a reference is gone": "FileNotFoundError",
			"a page has changed": "ValueError",
		});
		expect(at(answers, "lenient")).toEqual({ "own.txt": "bytes of its own", "s3/deep/a.csv": "a" });
		expect(at(answers, "warned")).toEqual(["Unable to find s3/deep/more/b.csv at s3://bucket/deep/more/b.csv"]);
		expect(at(answers, "target of entry")).toBe(
			`wandb-artifact://${hexOfId(textAt(answers, "ids", "references"))}/from/entry.txt`,
		);
	});

	test("to what another draft holds are stored as references to the version that it became", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_client_references.py");
		expect(at(answers, "entries")).toEqual({
			"same.table.json": `wandb-artifact://${hexOfId(textAt(answers, "first"))}/table.table.json`,
		});
		expect(at(answers, "rows")).toEqual([[4]]);
	});
});
