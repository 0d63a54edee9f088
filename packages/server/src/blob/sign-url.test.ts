import { createSecretKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { system } from "../access/actor.ts";
import { signGetUrl, signPutUrl } from "./sign-url.ts";
import { openTicket } from "./ticket-rules.ts";

const now = new Date("2026-11-21T05:00:00Z");
const secret = createSecretKey(Buffer.alloc(32, 1));
const ctx = { actor: system, secret, baseUrl: "https://keifu.example.org", clock: () => now };
const sha256 = "ab".repeat(32);

describe("signed URLs", () => {
	it("carry what may be uploaded, and nothing about the rest", () => {
		const to = { kind: "run-file", runId: "r1", name: "a b%.txt" } as const;
		const url = signPutUrl(ctx, { projectId: "p1", md5Hex: "0".repeat(32), maxSize: 5, to });
		const text = url.slice("https://keifu.example.org/blobs/put/".length);
		expect(openTicket({ secret, text, kind: "put", now })).toEqual({
			k: "put",
			p: "p1",
			md5: "0".repeat(32),
			max: 5,
			to,
			exp: now.getTime() / 1000 + 900,
		});
	});

	it("end in the last part of the name, so that it can be read back", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (folder, file) => {
				const name = file.replaceAll("/", "");
				const url = new URL(signGetUrl(ctx, { sha256, name: `${folder}/${name}` }));
				expect(url.href.startsWith(`${ctx.baseUrl}/blobs/get/`)).toBe(true);
				const [text = "", last = ""] = url.pathname.slice("/blobs/get/".length).split("/");
				const ticket = openTicket({ secret, text, kind: "get", now });
				// "." and ".." vanish from any URL; the ticket still has them.
				if (name !== "." && name !== "..") {
					expect(decodeURIComponent(last)).toBe(name);
				}
				expect(ticket).toMatchObject({ sha256, ...(name === "" ? {} : { name }) });
			}),
		);
	});

	it("can be made for a name that no URL can hold", () => {
		expect(signGetUrl(ctx, { sha256, name: "a\ud800" })).toMatch(/\/a%EF%BF%BD$/);
	});
});
