import { expect, it } from "vitest";
import { createLog, loggablePath } from "./log.ts";

function capture(isTerminal: boolean) {
	const lines: string[] = [];
	const log = createLog("info", { isTerminal, write: (line) => void lines.push(line) });
	return { log, lines };
}

it("writes one JSON object a line when nobody watches", () => {
	const { log, lines } = capture(false);
	log.info({ runId: "r1" }, "run made");
	log.debug("not shown");
	expect(lines).toHaveLength(1);
	expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 30, msg: "run made", runId: "r1" });
});

it("hides what must not be read", () => {
	const { log, lines } = capture(false);
	log.info({ apiKey: "k1", req: { headers: { authorization: "Basic abc", cookie: "session=1" } }, ticket: "t1" }, "x");
	expect(lines.join()).not.toMatch(/k1|abc|session=1|t1/);
});

it("writes a readable line, with the stack of an error, at a terminal", () => {
	const { log, lines } = capture(true);
	log.warn({ err: new Error("disk on fire"), port: 80 }, "cannot go on");
	expect(lines.join("")).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}cannot go on port=80\nError: disk on fire\n {4}at /);
});

it.each([
	["/blobs/put/eyJhIjoxfQ.sig", "/blobs/put/…"],
	["/blobs/get/ticket/some/name.txt?x=1", "/blobs/get/…"],
	["/files/a/b/c/d.txt?token=1", "/files/a/b/c/d.txt"],
	["/graphql", "/graphql"],
])("logs %s as %s", (url, path) => {
	expect(loggablePath(url)).toBe(path);
});
