import { describe, expect, it } from "vitest";
import { DomainError } from "../errors.ts";
import { describeError, errorBody } from "./error-reply.ts";

function databaseError(code: string): Error {
	return Object.assign(new Error("secret detail"), { code, severity: "ERROR" });
}

describe("describeError", () => {
	it("answers a domain error as its table row says", () => {
		const reply = describeError(new DomainError("CONFLICT", "taken: choose another name"), "id1");
		expect(reply).toMatchObject({ status: 422, code: "CONFLICT", unexpected: false, retryAfterSeconds: undefined });
		expect(errorBody(reply)).toEqual({
			error: "taken: choose another name",
			errors: [{ message: "taken: choose another name", code: "CONFLICT" }],
		});
	});

	it("says when to come back", () => {
		const error = new DomainError("TOO_MANY_REQUESTS", "slow down", { retryAfterSeconds: 30 });
		expect(describeError(error, "id1")).toMatchObject({ status: 429, retryAfterSeconds: 30 });
		expect(describeError(new DomainError("UNAVAILABLE", "later"), "id1").retryAfterSeconds).toBeGreaterThan(0);
	});

	it("shows of an unknown error nothing but the id", () => {
		const reply = describeError(new TypeError("cannot read properties of undefined"), "id1");
		expect(reply).toMatchObject({ status: 500, code: "INTERNAL", unexpected: true });
		expect(reply.message).toContain("id1");
		expect(reply.message).not.toContain("undefined");
		expect(describeError("a thrown string", "id1").status).toBe(500);
		expect(describeError(undefined, "id1").status).toBe(500);
	});

	it.each(["22021", "22P05", "22P02", "22003", "54000", "54001"])("blames the input for SQLSTATE %s", (state) => {
		const reply = describeError(databaseError(state), "id1");
		expect(reply).toMatchObject({ status: 400, code: "INVALID_INPUT", unexpected: false });
		expect(reply.message).not.toContain("secret detail");
	});

	it.each(["08006", "57P01", "57P03", "53300", "40001"])("asks to come back for SQLSTATE %s", (state) => {
		expect(describeError(databaseError(state), "id1")).toMatchObject({ status: 503, unexpected: true });
	});

	it("does not hide a faulty query of ours behind the caller", () => {
		expect(describeError(databaseError("42703"), "id1").status).toBe(500);
	});

	it("takes a lost connection for a passing state", () => {
		const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
		expect(describeError(refused, "id1").status).toBe(503);
		expect(describeError(new Error("Connection terminated unexpectedly"), "id1").status).toBe(503);
	});

	it("tells a full disk", () => {
		const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC", syscall: "write" });
		expect(describeError(full, "id1")).toMatchObject({ status: 413, code: "STORAGE_FULL", unexpected: true });
	});

	it("does not take a missing file for a lost database", () => {
		const missing = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", syscall: "open" });
		expect(describeError(missing, "id1").status).toBe(500);
	});

	it("keeps the status of a request that Fastify refused", () => {
		const large = Object.assign(new Error("Request body is too large"), { statusCode: 413, code: "FST_ERR" });
		expect(describeError(large, "id1")).toMatchObject({ status: 413, code: "TOO_LARGE" });
		const media = Object.assign(new Error("Unsupported Media Type"), { statusCode: 415 });
		expect(describeError(media, "id1").status).toBe(415);
	});
});
