import type { Command } from "commander";
import type { Ctx } from "../../context.ts";
import type { Page } from "../../db/page.ts";
import { inTransaction } from "../../db/transaction.ts";
import {
	activateUser,
	deactivateUser,
	generateApiKey,
	listUsers,
	resetPassword,
	setInstanceAdmin,
	type UserRow,
} from "../../identity/index.ts";
import { createUser } from "../../org/index.ts";
import { askPassword } from "./ask-password.ts";
import { withSystemCtx } from "./with-system-ctx.ts";

const passwordLength = 20;
const say = (line: string) => void process.stdout.write(`${line}\n`);

type CreateFlags = { readonly username?: string; readonly admin?: true; readonly password?: true };

/** `keifu user …`: accounts, whether a server runs or not. */
export function addUserCommands(program: Command): void {
	const user = program.command("user").description("make, list, switch off and on the accounts of people");
	user
		.command("create <email>")
		.description("make a user, and print a password and an API key once")
		.option("--username <name>", "default: the local part of the address")
		.option("--admin", "an instance admin")
		.option("--password", "ask for the password, or read it from standard input, instead of making one up")
		.action(async (email: string, flags: CreateFlags) => {
			const asked = flags.password ? await askPassword() : undefined;
			await withSystemCtx(async (ctx) => await create(ctx, email, flags, asked));
		});
	user
		.command("list")
		.description("list all users")
		.action(async () => await withSystemCtx(list));
	user
		.command("reset-password <name>")
		.description("give a user another password, printed once; all their sessions end")
		.option("--ask", "ask for the password, or read it from standard input, instead of making one up")
		.action(async (username: string, flags: { readonly ask?: true }) => {
			const asked = flags.ask ? await askPassword() : undefined;
			await withSystemCtx(async (ctx) => {
				const password = asked ?? ctx.ids.token(passwordLength);
				const { username: name } = await resetPassword(ctx, { username, password });
				say(asked === undefined ? `new password of ${name}: ${password}` : `${name} has the new password`);
			});
		});
	addSwitches(user);
}

function addSwitches(user: Command): void {
	const change = (name: string, description: string, work: (ctx: Ctx, username: string) => Promise<UserRow>) =>
		user
			.command(`${name} <name>`)
			.description(description)
			.action(async (username: string) => {
				await withSystemCtx(async (ctx) => say(lineOf(await work(ctx, username))));
			});
	change("deactivate", "end a user's keys and sessions at once; their work stays", (ctx, username) =>
		deactivateUser(ctx, { username }),
	);
	change("activate", "let a deactivated user sign in again", (ctx, username) => activateUser(ctx, { username }));
	change("grant-admin", "make a user an instance admin", (ctx, username) =>
		setInstanceAdmin(ctx, { username, admin: true }),
	);
	change("revoke-admin", "make an instance admin a user like others", (ctx, username) =>
		setInstanceAdmin(ctx, { username, admin: false }),
	);
}

async function create(ctx: Ctx, email: string, flags: CreateFlags, asked: string | undefined): Promise<void> {
	const password = asked ?? ctx.ids.token(passwordLength);
	const { user, key } = await inTransaction(ctx, async (tx) => {
		const { username = null, admin = false } = flags;
		const user = await createUser(tx, { email, admin, username, apiKey: null, password });
		const { key } = await generateApiKey(tx, { description: "made with the account", username: user.username });
		return { user, key };
	});
	say(`user      ${user.username}`);
	if (asked === undefined) say(`password  ${password}`);
	say(`API key   ${key}`);
}

async function list(ctx: Ctx): Promise<void> {
	let after: string | null = null;
	do {
		const page: Page<UserRow> = await listUsers(ctx, { query: null, limit: 500, after });
		for (const user of page.rows) say(lineOf(user));
		after = page.hasNextPage ? page.endCursor : null;
	} while (after !== null);
}

/** One line a user, for reading and for `cut -f`. */
function lineOf(user: UserRow): string {
	const marks = [
		...(user.instanceAdmin ? ["instance admin"] : []),
		...(user.serviceOf === null ? [] : ["service account"]),
		...(user.deactivatedAt === null ? [] : ["deactivated"]),
	];
	return [user.username, user.email, marks.join(", ")].join("\t");
}
