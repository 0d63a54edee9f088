import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { authenticate, checkPassword } from "../../identity/index.ts";
import { type FirstUser, findEntityByName, findOrganization } from "../../org/index.ts";

/** What the first start prints: where, who, and the lines that a user of the real client types next. */
export function welcome(first: FirstUser, url: string): string[] {
	const password = first.generated.password ? first.password : "(the one in KEIFU_ADMIN_PASSWORD)";
	return [
		"",
		"This is the first start. Keep these; they are not shown again:",
		`  user      ${first.username}`,
		`  password  ${password}`,
		`  API key   ${first.apiKey}`,
		"",
		"Point the wandb client at this server:",
		`  export WANDB_BASE_URL=${url}`,
		`  export WANDB_API_KEY=${first.apiKey}`,
		`or: wandb login --host ${url}`,
		"",
		`Open the app: ${url}`,
		"",
	];
}

/** Settings of the first start that were given again with other values: they change nothing any more. */
export async function ignoredFirstSettings(ctx: Ctx): Promise<string[]> {
	const { config } = ctx;
	const { chosen } = config;
	const changed: string[] = [];
	if (chosen.has("org") && (await findOrganization(ctx, config.org)) === null) changed.push("KEIFU_ORG");
	if (chosen.has("team") && (await findEntityByName(ctx.db, config.team)) === null) changed.push("KEIFU_TEAM");
	if (config.adminApiKey !== undefined && !(await isKnownKey(ctx, config.adminApiKey)))
		changed.push("KEIFU_ADMIN_API_KEY");
	if (config.adminPassword !== undefined && !(await isAdminPassword(ctx, config.adminPassword)))
		changed.push("KEIFU_ADMIN_PASSWORD");
	return changed.map((name) => `${name} is read on the first start only and changes nothing now`);
}

async function isKnownKey(ctx: Ctx, key: string): Promise<boolean> {
	const authorization = `Basic ${Buffer.from(`api:${key}`).toString("base64")}`;
	return await holds(authenticate(ctx, { authorization }, ctx.baseUrl));
}

async function isAdminPassword(ctx: Ctx, password: string): Promise<boolean> {
	return await holds(checkPassword(ctx, { username: "admin", password }));
}

async function holds(check: Promise<unknown>): Promise<boolean> {
	return await check.then(
		() => true,
		(error: unknown) => {
			if (error instanceof DomainError && error.code === "UNAUTHENTICATED") return false;
			throw error;
		},
	);
}
