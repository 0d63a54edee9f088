import { describe, expect, test } from "vitest";
import { readCredential, readSessionToken, sessionCookie } from "./credential-rules.ts";

describe("readCredential", () => {
	test.each([
		[{}, { kind: "none" }],
		[{ authorization: "" }, { kind: "none" }],
		[{ cookie: "theme=dark" }, { kind: "none" }],
		[{ cookie: "keifu_session=" }, { kind: "none" }],
		[{ cookie: "xkeifu_session=1; keifu_session=abc" }, { kind: "session", token: "abc" }],
		[{ authorization: "basic YXBpOmE6Yg==" }, { kind: "api-key", key: "a:b" }],
		[
			{ authorization: "BEARER  abc", cookie: "keifu_session=x" },
			{ kind: "api-key", key: "abc" },
		],
		[{ authorization: "Bearer" }, { kind: "malformed" }],
		[{ authorization: "Bearer a b" }, { kind: "malformed" }],
	])("%j", (headers, credential) => {
		expect(readCredential(headers)).toEqual(credential);
	});
});

describe("sessionCookie", () => {
	test("cannot be read by scripts, is not sent along from elsewhere, and is secure where the address is", () => {
		const plain = sessionCookie({ token: "abc", maxAgeSeconds: 60 }, false);
		expect(plain).toBe("keifu_session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax");
		expect(sessionCookie({ token: "abc", maxAgeSeconds: 60 }, true)).toBe(`${plain}; Secure`);
		expect(readSessionToken(plain.split(";", 1)[0])).toBe("abc");
	});

	test("is taken away by an empty one that has ended", () => {
		expect(sessionCookie(null, false)).toBe("keifu_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
	});
});
