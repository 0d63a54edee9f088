import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import {
	DeleteRegistryDocument,
	RegistryCandidatesDocument,
	RegistryDeletionDocument,
	RegistryRolesDocument,
	type RegistryRolesQuery,
	RegistrySettingsDocument,
	type RegistrySettingsQuery,
	RenameRegistryDocument,
	SaveRegistryDocument,
	SaveRegistryTypesDocument,
	UpdateRegistrySettingsDocument,
} from "./registry-settings.graphql.gen.ts";

type Organization = NonNullable<RegistrySettingsQuery["organization"]>;

/** A registry with its settings, and what the viewer may do with it. */
export type Registry = NonNullable<Organization["registry"]>;

type Roles = NonNullable<RegistryRolesQuery["project"]>;

export type Person = NonNullable<Roles["people"]>["edges"][number]["node"];
export type RoleOrigin = Person["origins"][number];
export type TeamAccess = NonNullable<Roles["teamMembers"]>[number];

const key = "registry-settings";

/** What reads a registry, here and on the pages that show it. */
export const registryKeys = [[key], ["registry"], ["registries"]] as const;

export function registrySettingsQuery(org: string, registry: string) {
	return queryOptions({
		queryKey: [key, org, registry],
		queryFn: async ({ signal }) => {
			const organization = found(
				(await ask(RegistrySettingsDocument, { org, registry }, signal)).organization,
				"organization",
				org,
			);
			return { organization: organization.name, registry: found(organization.registry, "registry", registry) };
		},
	});
}

/** Who has which role in a registry, and by what: people by name, a thousand at a time, and the teams that were let in. */
export function registryRolesQuery({ entityName, name }: Registry) {
	return infiniteQueryOptions({
		queryKey: [key, "roles", entityName, name],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { entity: entityName, project: name, after: afterOf(pageParam) };
			return found((await ask(RegistryRolesDocument, variables, signal)).project, "registry", name);
		},
		getNextPageParam: ({ people }) => nextPage(people),
	});
}

/** The people and teams of the organisation, who can be let in. */
export function candidatesQuery(org: string) {
	return queryOptions({
		queryKey: [key, "candidates", org],
		queryFn: async ({ signal }) => {
			const { organization } = await ask(RegistryCandidatesDocument, { org }, signal);
			const people = organization?.orgEntity?.members ?? [];
			return {
				users: people
					.filter(({ user }) => user !== null && user.deletedAt === null)
					.map(({ id, name, username }) => ({ id, name: username ?? name })),
				teams: organization?.teams ?? [],
			};
		},
	});
}

/** What would go with a registry; null for who may not delete it. */
export function registryDeletionQuery({ entityName, name }: Registry) {
	return queryOptions({
		queryKey: [key, "deletion", entityName, name],
		queryFn: async ({ signal }) => {
			const variables = { entity: entityName, project: name };
			return (await ask(RegistryDeletionDocument, variables, signal)).project?.deletion ?? null;
		},
		staleTime: 0,
	});
}

/** Changes description or visibility; what is not named stays. */
export async function saveRegistry(input: { id: string; description?: string; access?: string }): Promise<void> {
	await ask(SaveRegistryDocument, input);
}

/** Accepts further types, all of them, or only those that are there and named. */
export async function saveTypes(
	{ entityName, name }: Registry,
	input: { types: string[]; all: boolean },
): Promise<void> {
	const types = input.types.map((type) => ({ name: type }));
	await ask(SaveRegistryTypesDocument, { entity: entityName, project: name, types, all: input.all });
}

/** Gives a registry another name; both names are those of its project. */
export async function renameRegistry({ entityName, name }: Registry, to: string): Promise<void> {
	await ask(RenameRegistryDocument, { entity: entityName, from: name, to });
}

/** Changes what the client does not know; what is not named stays. */
export async function updateRegistry(input: {
	id: string;
	protectedAliases?: string[];
	defaultRole?: string;
}): Promise<void> {
	await ask(UpdateRegistrySettingsDocument, input);
}

/** Deletes a registry with its collections; the versions stay where they were logged. */
export async function deleteRegistry(id: string): Promise<void> {
	await ask(DeleteRegistryDocument, { id });
}
