import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig, parseBytes, settingRows } from "./config.ts";
import { SetupError } from "./errors.ts";

function refusalOf(env: Record<string, string>, flags: Record<string, string> = {}): string {
	try {
		loadConfig(env, flags);
	} catch (error) {
		if (error instanceof SetupError) return error.message;
		throw error;
	}
	throw new Error("the settings were accepted");
}

describe("loadConfig", () => {
	it("has the documented defaults", () => {
		expect(loadConfig({})).toEqual({
			host: "127.0.0.1",
			port: 8080,
			dataDir: resolve(".keifu"),
			storageDir: resolve(".keifu/blobs"),
			org: "my-org",
			team: "my-team",
			chosenApiKeys: false,
			trashDays: 7,
			runTimeout: 300,
			minFreeBytes: 1024 ** 3,
			lineageMemory: 512 * 1024 ** 2,
			anonymousRead: false,
			trustedProxies: [],
			logLevel: "info",
			enableRegistryUi: true,
			chosen: new Set(),
			warnings: [],
		});
	});

	it("knows what was given from what is default", () => {
		const config = loadConfig({ KEIFU_TEAM: "a", KEIFU_ORG: "" }, { port: "0" });
		expect(config.chosen).toEqual(new Set(["port", "team"]));
	});

	it("reads the environment, and flags before it", () => {
		const env = { KEIFU_PORT: "9000", KEIFU_HOST: "0.0.0.0", KEIFU_PUBLIC_URL: "https://keifu.example.org/" };
		const config = loadConfig(env, { port: 0, anonymousRead: true, logLevel: undefined });
		expect(config).toMatchObject({
			port: 0,
			host: "0.0.0.0",
			publicUrl: "https://keifu.example.org",
			anonymousRead: true,
		});
	});

	it("takes an empty variable for one that is not set", () => {
		expect(loadConfig({ KEIFU_PORT: "", KEIFU_DATABASE_URL: " " })).toMatchObject({ port: 8080 });
	});

	it.each([
		["KEIFU_PORT", "abc", 'KEIFU_PORT is "abc": expected a port number between 0 and 65535'],
		["KEIFU_PORT", "65536", 'KEIFU_PORT is "65536": expected a port number between 0 and 65535'],
		["KEIFU_HOST", "a b", 'KEIFU_HOST is "a b": expected a host name or an IP address'],
		["KEIFU_TRASH_DAYS", "-1", 'KEIFU_TRASH_DAYS is "-1": expected a number of days, 0 or more'],
		["KEIFU_RUN_TIMEOUT", "0", 'KEIFU_RUN_TIMEOUT is "0": expected a number of seconds, 1 or more'],
		["KEIFU_ANONYMOUS_READ", "maybe", 'KEIFU_ANONYMOUS_READ is "maybe": expected true or false'],
		["KEIFU_MIN_FREE_BYTES", "1 fox", "expected a size like 1GiB, 500MB or a number of bytes"],
		["KEIFU_PUBLIC_URL", "keifu.example.org", "expected an address like https://"],
		["KEIFU_PUBLIC_URL", "https://keifu.example.org/sub", "without a path"],
		["KEIFU_TRUSTED_PROXIES", "10.0.0.0/33", "expected IP addresses or networks"],
		["KEIFU_LOG_LEVEL", "loud", "expected one of trace, debug, info"],
		["KEIFU_STORAGE_URL", "s3://bucket/prefix", "object storage is not available in this version"],
		["KEIFU_STORAGE_URL", "/var/blobs", "expected a folder as file:///path"],
		["KEIFU_ORG", "Settings", "none of the reserved names"],
		["KEIFU_TEAM", "a team", "letters, digits, - and _"],
		["KEIFU_TEAM", "x".repeat(65), "up to 64"],
		["ENABLE_REGISTRY_UI", "on", 'ENABLE_REGISTRY_UI is "on"'],
	])("refuses %s=%s in one line", (name, value, text) => {
		const message = refusalOf({ [name]: value });
		expect(message).toContain(text);
		expect(message.startsWith(name)).toBe(true);
		expect(message).not.toContain("\n");
	});

	it("names the flag when the flag is wrong", () => {
		expect(refusalOf({ KEIFU_TRASH_DAYS: "3" }, { trashDays: "soon" })).toMatch(/^--trash-days is "soon": /);
	});

	it("refuses one name for organisation and team, whatever the case", () => {
		expect(refusalOf({ KEIFU_ORG: "Acme", KEIFU_TEAM: "acme" })).toMatch(/^KEIFU_ORG is "Acme": .*KEIFU_TEAM/);
	});

	it("keeps secrets out of its messages", () => {
		expect(refusalOf({ KEIFU_DATABASE_URL: "mysql://root:hunter2@db/x" })).not.toContain("hunter2");
		expect(refusalOf({ KEIFU_ADMIN_PASSWORD: "hunter2" })).not.toContain("hunter2");
	});

	it("warns of variables that it does not know", () => {
		const { warnings } = loadConfig({ KEIFU_PROT: "1", KEIFU_CHROMIUM: "/usr/bin/chromium", HOME: "/" });
		expect(warnings).toEqual(["KEIFU_PROT is not a setting of this version: ignored"]);
	});

	it("warns of an admin key that the client would refuse", () => {
		expect(loadConfig({ KEIFU_ADMIN_API_KEY: "short" }).warnings).toHaveLength(1);
		expect(loadConfig({ KEIFU_ADMIN_API_KEY: "a".repeat(40) }).warnings).toEqual([]);
		expect(loadConfig({ KEIFU_ADMIN_API_KEY: `local-${"a".repeat(40)}` }).warnings).toEqual([]);
	});

	it("takes a folder for the blobs", () => {
		expect(loadConfig({ KEIFU_STORAGE_URL: "file:///var/blobs" }).storageDir).toBe("/var/blobs");
	});
});

it("names every setting once", () => {
	expect(new Set(settingRows.map((row) => row.env)).size).toBe(settingRows.length);
	expect(settingRows.find((row) => row.key === "minFreeBytes")?.flag).toBe("--min-free-bytes");
});

it.each([
	["1GiB", 1_073_741_824],
	["500MB", 500_000_000],
	["500 mb", 500_000_000],
	["1.5KiB", 1536],
	["0", 0],
	["12345", 12_345],
	["-1", undefined],
	["1GiBs", undefined],
	["GiB", undefined],
	["99999999TB", undefined],
])("reads %s as %s bytes", (text, bytes) => {
	expect(parseBytes(text)).toBe(bytes);
});
