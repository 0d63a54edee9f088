import type { Command } from "commander";
import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import {
	addUserToOrganization,
	addUserToTeam,
	type EntityRow,
	findEntitiesByIds,
	findEntity,
	findOrganization,
	listMembers,
	parseOrgRole,
	removeMemberByName,
} from "../../org/index.ts";
import { withSystemCtx } from "./with-system-ctx.ts";

type RoleFlag = { readonly role: string };

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `keifu team …` and `keifu org …`: who belongs where, whether a server runs or not. */
export function addMemberCommands(program: Command): void {
	addCommands(program.command("team").description("say who belongs to a team"), {
		find: async (ctx, name) => await findEntity(ctx, name),
		add: async (ctx, { name, username, role }) =>
			await addUserToTeam(ctx, { teamName: name, username, role: parseOrgRole(role) }),
	});
	addCommands(program.command("org").description("say who belongs to an organisation"), {
		find: findOrganizationEntity,
		add: async (ctx, { name, username, role }) => {
			const organizationId = (await findOrganization(ctx, name))?.id;
			if (organizationId === undefined) throw unknown(name);
			await addUserToOrganization(ctx, { organizationId, username, role });
		},
	});
}

type Place = {
	readonly find: (ctx: Ctx, name: string) => Promise<EntityRow | null>;
	readonly add: (ctx: Ctx, input: { name: string; username: string; role: string }) => Promise<void>;
};

function addCommands(command: Command, { find, add }: Place): void {
	const entityOf = async (ctx: Ctx, name: string): Promise<EntityRow> => {
		const entity = await find(ctx, name);
		if (entity === null) throw unknown(name);
		return entity;
	};
	command
		.command("members <name>")
		.description("list who belongs there")
		.action(async (name: string) => {
			await withSystemCtx(async (ctx) => {
				for (const member of await listMembers(ctx, await entityOf(ctx, name))) {
					say([member.username ?? "(invited)", member.email ?? "", member.role].join("\t"));
				}
			});
		});
	command
		.command("add <name> <username>")
		.description("add a user, or give a member another role")
		.option("--role <role>", "admin, member or viewer", "member")
		.action(async (name: string, username: string, { role }: RoleFlag) => {
			await withSystemCtx(async (ctx) => await add(ctx, { name, username, role }));
			say(`${username} is ${role} in ${name}`);
		});
	command
		.command("remove <name> <username>")
		.description("take a member out")
		.action(async (name: string, username: string) => {
			await withSystemCtx(async (ctx) => {
				const { name: entityName } = await entityOf(ctx, name);
				await removeMemberByName(ctx, { entityName, username });
			});
			say(`${username} is no longer in ${name}`);
		});
}

async function findOrganizationEntity(ctx: Ctx, name: string): Promise<EntityRow | null> {
	const organization = await findOrganization(ctx, name);
	return organization === null ? null : ((await findEntitiesByIds(ctx.db, [organization.entityId]))[0] ?? null);
}

function unknown(name: string): DomainError {
	return new DomainError("NOT_FOUND", `nothing of this kind is named "${name}"`);
}
