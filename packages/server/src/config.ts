import { isIP } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { SetupError } from "./errors.ts";

/** Names that can be neither a user, a team nor an organisation, in lower case: they are paths of the server itself. */
export const reservedNames: ReadonlySet<string> = new Set([
	"api",
	"artifacts",
	"artifactsv2",
	"assets",
	"authorize",
	"blobs",
	"design",
	"files",
	"graphql",
	"healthz",
	"lineage",
	"login",
	"logout",
	"metrics",
	"oidc",
	"orgs",
	"ready",
	"registry",
	"settings",
]);

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

export type LogLevel = (typeof logLevels)[number];

/** A text setting that `parse` understands; `undefined` from it means "not what was expected". */
function setting<T>(expected: string, parse: (text: string) => T | undefined) {
	return z.string().transform((text, context): T => {
		const value = parse(text.trim());
		if (value === undefined) {
			context.addIssue({ code: "custom", message: `expected ${expected}` });
			return z.NEVER;
		}
		return value;
	});
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
	if (!/^\d+$/.test(text)) return undefined;
	const value = Number(text);
	return value >= least && value <= most ? value : undefined;
}

const yesNo: Readonly<Record<string, boolean>> = {
	true: true,
	false: false,
	"1": true,
	"0": false,
	yes: true,
	no: false,
};
const flag = setting("true or false", (text) => yesNo[text.toLowerCase()]);

const byteUnits: Readonly<Record<string, number>> = {
	"": 1,
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	tb: 1e12,
	kib: 1024,
	mib: 1024 ** 2,
	gib: 1024 ** 3,
	tib: 1024 ** 4,
};

/** `1GiB`, `500 MB`, `1048576` as a number of bytes. */
export function parseBytes(text: string): number | undefined {
	const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
	const unit = byteUnits[match?.[2]?.toLowerCase() ?? ""];
	if (match === null || unit === undefined) return undefined;
	const bytes = Math.round(Number(match[1]) * unit);
	return Number.isSafeInteger(bytes) ? bytes : undefined;
}

const entityName = setting(
	"up to 64 letters, digits, - and _, and none of the reserved names (api, files, settings, …)",
	(text) => (/^[A-Za-z0-9_-]{1,64}$/.test(text) && !reservedNames.has(text.toLowerCase()) ? text : undefined),
);

function parsePublicUrl(text: string): string | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	const plain =
		url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
	return plain && (url.protocol === "http:" || url.protocol === "https:") ? url.origin : undefined;
}

function parseFileUrl(text: string): string | undefined {
	if (!/^file:\/\/\//i.test(text) || !URL.canParse(text)) return undefined;
	return fileURLToPath(text);
}

function isProxyAddress(text: string): boolean {
	if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
	const [address = "", bits, ...rest] = text.split("/");
	const version = isIP(address);
	if (version === 0 || rest.length > 0) return false;
	return bits === undefined || wholeNumber(bits, 0, version === 4 ? 32 : 128) !== undefined;
}

function parseProxies(text: string): readonly string[] | undefined {
	const addresses = text.split(/[\s,]+/).filter((part) => part !== "");
	return addresses.every(isProxyAddress) ? addresses : undefined;
}

const filePath = setting("the path of a folder", (text) => resolve(text));

const settings = z.object({
	host: setting("a host name or an IP address", (text) =>
		isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text) ? text : undefined,
	),
	port: setting("a port number between 0 and 65535", (text) => wholeNumber(text, 0, 65_535)),
	dataDir: filePath,
	databaseUrl: setting("an address like postgres://user:password@host:5432/database", (text) =>
		/^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? text : undefined,
	).optional(),
	storageUrl: setting("a folder as file:///path", parseFileUrl).optional(),
	publicUrl: setting("an address like https://keifu.example.org, without a path", parsePublicUrl).optional(),
	org: entityName,
	team: entityName,
	adminApiKey: setting("printable characters without spaces", (text) =>
		/^[\x21-\x7e]{1,512}$/.test(text) ? text : undefined,
	).optional(),
	adminPassword: setting("at least 8 characters", (text) => (text.length >= 8 ? text : undefined)).optional(),
	chosenApiKeys: flag,
	trashDays: setting("a number of days, 0 or more", (text) => wholeNumber(text, 0, 36_500)),
	runTimeout: setting("a number of seconds, 1 or more", (text) => wholeNumber(text, 1, 31_536_000)),
	minFreeBytes: setting("a size like 1GiB, 500MB or a number of bytes", parseBytes),
	lineageMemory: setting("a size like 512MiB or a number of bytes; 0 keeps none", parseBytes),
	anonymousRead: flag,
	trustedProxies: setting("IP addresses or networks like 10.0.0.0/8, parted by commas", parseProxies),
	logLevel: setting(`one of ${logLevels.join(", ")}`, (text) =>
		logLevels.find((level) => level === text.toLowerCase()),
	),
	enableRegistryUi: flag,
});

type SettingKey = keyof typeof settings.shape;

type SettingRow = {
	readonly key: SettingKey;
	readonly env: string;
	readonly flag: string;
	readonly fallback: string | undefined;
	/** Never shown in a message. */
	readonly secret: boolean;
	readonly meaning: string;
};

const secretSettings: ReadonlySet<SettingKey> = new Set<SettingKey>(["databaseUrl", "adminApiKey", "adminPassword"]);

function row(key: SettingKey, env: string, fallback: string | undefined, meaning: string): SettingRow {
	const kebab = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return { key, env, flag: `--${kebab}`, fallback, secret: secretSettings.has(key), meaning };
}

/** Every setting, in the order of the documentation: what `keifu serve --help` lists. */
export const settingRows: readonly SettingRow[] = [
	row("host", "KEIFU_HOST", "127.0.0.1", "address to listen on"),
	row("port", "KEIFU_PORT", "8080", "port to listen on; 0 picks a free one"),
	row("dataDir", "KEIFU_DATA_DIR", "./.keifu", "folder of the embedded database, the blobs and the generated secrets"),
	row("databaseUrl", "KEIFU_DATABASE_URL", undefined, "an external PostgreSQL instead of the embedded one"),
	row(
		"storageUrl",
		"KEIFU_STORAGE_URL",
		undefined,
		"where the blobs are, as file:///path; default: in the data folder",
	),
	row("publicUrl", "KEIFU_PUBLIC_URL", undefined, "base of every URL handed out"),
	row("org", "KEIFU_ORG", "my-org", "organisation made on the first start"),
	row("team", "KEIFU_TEAM", "my-team", "team made on the first start"),
	row("adminApiKey", "KEIFU_ADMIN_API_KEY", undefined, "API key of the first user, admin; default: generated"),
	row("adminPassword", "KEIFU_ADMIN_PASSWORD", undefined, "password of the first user, admin; default: generated"),
	row("chosenApiKeys", "KEIFU_CHOSEN_API_KEYS", "false", "for tests: createUser accepts a chosen name and API key"),
	row("trashDays", "KEIFU_TRASH_DAYS", "7", "days for which deleted things can be restored"),
	row("runTimeout", "KEIFU_RUN_TIMEOUT", "300", "seconds without a heartbeat until a run counts as crashed"),
	row("minFreeBytes", "KEIFU_MIN_FREE_BYTES", "1GiB", "free space below which uploads are refused"),
	row(
		"lineageMemory",
		"KEIFU_LINEAGE_MEMORY",
		"512MiB",
		"memory for lineage graphs; what does not fit is read from the database, more slowly",
	),
	row("anonymousRead", "KEIFU_ANONYMOUS_READ", "false", "public and open projects are readable without signing in"),
	row("trustedProxies", "KEIFU_TRUSTED_PROXIES", "", "addresses whose X-Forwarded-* headers are believed"),
	row("logLevel", "KEIFU_LOG_LEVEL", "info", "how much is logged"),
	row("enableRegistryUi", "ENABLE_REGISTRY_UI", "true", "show the registry in the web app"),
];

/** Variables of the KEIFU_ family that other parts of the project read; no reason for a warning. */
const foreignVariables: ReadonlySet<string> = new Set(["KEIFU_CHROMIUM"]);

export type Config = Readonly<Omit<z.output<typeof settings>, "storageUrl">> & {
	/** Absolute path of the folder that holds the blobs. */
	readonly storageDir: string;
	/** Keys of the settings that were given, by flag or environment. */
	readonly chosen: ReadonlySet<SettingKey>;
	/** Lines to show at the start: settings that were given but mean nothing here, or that will surprise. */
	readonly warnings: readonly string[];
};

export type Env = Readonly<Record<string, string | undefined>>;
/** Flags as the command line parser gives them: camel-case names, `true` for a flag without a value. */
export type Flags = Readonly<Record<string, string | number | boolean | undefined>>;

type Given = { readonly row: SettingRow; readonly name: string; readonly text: string };

/** The environment of the process: the only place that reads it. */
export function readEnvironment(): Env {
	return process.env;
}

function isChosen({ env, key }: SettingRow, given: Env, flags: Flags): boolean {
	return flags[key] !== undefined || (given[env] ?? "").trim() !== "";
}

function givenValue(settingRow: SettingRow, env: Env, flags: Flags): Given | undefined {
	const fromFlag = flags[settingRow.key];
	if (fromFlag !== undefined) return { row: settingRow, name: settingRow.flag, text: String(fromFlag) };
	const fromEnv = env[settingRow.env];
	// An empty variable is what `KEIFU_X= npm start` and compose files with an unset substitution leave: not given.
	if (fromEnv !== undefined && fromEnv.trim() !== "") return { row: settingRow, name: settingRow.env, text: fromEnv };
	return settingRow.fallback === undefined
		? undefined
		: { row: settingRow, name: settingRow.env, text: settingRow.fallback };
}

function refusal(given: Given, expected: string): SetupError {
	const shown = given.row.secret ? "" : ` is ${JSON.stringify(given.text)}`;
	return new SetupError(`${given.name}${shown}: ${expected}`);
}

function findWarnings(env: Env, config: z.output<typeof settings>): string[] {
	const known = new Set(settingRows.map((entry) => entry.env));
	const warnings = Object.keys(env)
		.filter((name) => name.startsWith("KEIFU_") && !known.has(name) && !foreignVariables.has(name))
		.sort()
		.map((name) => `${name} is not a setting of this version: ignored`);
	if (config.adminApiKey !== undefined && !/^([A-Za-z0-9_]{40,}|[^-]*-[\w-]{40,})$/.test(config.adminApiKey)) {
		warnings.push("KEIFU_ADMIN_API_KEY has a form that the client refuses: it wants 40 or more letters and digits");
	}
	return warnings;
}

/**
 * Reads all settings once; flags win over the environment.
 * Throws a `SetupError` of one line that names the wrong setting and what it expects.
 */
export function loadConfig(env: Env, flags: Flags = {}): Config {
	const given = new Map<SettingKey, Given>();
	for (const settingRow of settingRows) {
		const value = givenValue(settingRow, env, flags);
		if (value !== undefined) given.set(settingRow.key, value);
	}
	const storage = given.get("storageUrl");
	if (storage !== undefined && /^s3:/i.test(storage.text)) {
		throw refusal(storage, "object storage is not available in this version; expected a folder as file:///path");
	}
	const parsed = settings.safeParse(Object.fromEntries([...given].map(([key, value]) => [key, value.text])));
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const wrong = settingRows.find((entry) => entry.key === issue?.path[0]);
		const value = wrong === undefined ? undefined : given.get(wrong.key);
		throw value === undefined ? new SetupError(parsed.error.message) : refusal(value, issue?.message ?? "not usable");
	}
	const { storageUrl, ...config } = parsed.data;
	const org = given.get("org");
	if (org !== undefined && config.org.toLowerCase() === config.team.toLowerCase()) {
		throw refusal(org, "expected another name than that of the team (KEIFU_TEAM): they share one name space");
	}
	return {
		...config,
		storageDir: storageUrl ?? resolve(config.dataDir, "blobs"),
		chosen: new Set(settingRows.filter((entry) => isChosen(entry, env, flags)).map((entry) => entry.key)),
		warnings: findWarnings(env, parsed.data),
	};
}
