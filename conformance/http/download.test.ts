import { expect, test } from "vitest";
import { createAccount, createProject } from "../account.ts";
import { useServer } from "../server.ts";
import { fileUrls, logVersion, rawFile } from "./raw-artifact.ts";

const server = useServer();
const content = "0123456789abcdef";

/** The signed address of a file that holds `content`. */
async function signedUrl(): Promise<string> {
	const account = await createAccount(server);
	const target = { entity: account.team, project: "zoo", collection: "dataset" };
	await createProject(account, target.entity, target.project);
	const id = await logVersion(account, target, { "rows.txt": rawFile(content) });
	const url = (await fileUrls(account, id)).get("rows.txt");
	if (url === undefined) throw new Error("the version does not list its file");
	return url;
}

async function get(url: string, range?: string): Promise<Response> {
	return await fetch(url, range === undefined ? {} : { headers: { range } });
}

test("a file comes whole, and in the ranges asked for", async () => {
	const url = await signedUrl();
	const whole = await get(url);
	expect(whole.status).toBe(200);
	expect(whole.headers.get("content-length")).toBe("16");
	expect(whole.headers.get("accept-ranges")).toBe("bytes");
	expect(await whole.text()).toBe(content);

	for (const [range, part, described] of [
		["bytes=2-5", "2345", "bytes 2-5/16"],
		["bytes=10-", "abcdef", "bytes 10-15/16"],
		["bytes=-3", "def", "bytes 13-15/16"],
		["bytes=12-99", "cdef", "bytes 12-15/16"],
	]) {
		const response = await get(url, range);
		expect(response.status, range).toBe(206);
		expect(response.headers.get("content-range"), range).toBe(described);
		expect(await response.text(), range).toBe(part);
	}
});

test("a range outside of the file is refused with its size", async () => {
	const response = await get(await signedUrl(), "bytes=16-20");
	expect(response.status).toBe(416);
	expect(response.headers.get("content-range")).toBe("bytes */16");
});

/** The part of the address that carries its authority: the longest run of characters that a token is made of. */
function tokenIn(url: string): string {
	const runs = new URL(url).href.slice(new URL(url).origin.length).match(/[\w.-]+/g) ?? [];
	return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}

test("an address that was changed, or has lost its signature, opens nothing", async () => {
	const url = await signedUrl();
	const token = tokenIn(url);
	expect(token.length).toBeGreaterThan(20);
	// Not the last character: its low bits may not count.
	for (const place of [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(part * token.length))) {
		const changed = token.slice(0, place) + (token[place] === "x" ? "y" : "x") + token.slice(place + 1);
		const response = await get(url.replace(token, changed));
		expect(response.status, changed).toBe(403);
		expect(await response.text()).not.toContain(content);
	}
	const bare = await get(url.replace(token, "none"));
	expect([401, 403, 404]).toContain(bare.status);
	expect(await bare.text()).not.toContain(content);
});
