import { useQuery } from "@tanstack/react-query";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { nodesOf } from "../../graphql-client.ts";
import { linkCode } from "./link-code.ts";
import type { RegistryHead } from "./registry.queries.ts";
import { isCoreRegistry, registryNameOf } from "./registry-paths.ts";

type Target = {
	registry: RegistryHead;
	organization: { name: string; orgEntity: { name: string } | null };
	collection: string;
	type?: string;
};

/** The type that a new collection of a registry may have: an accepted one, or what the core registry is named after. */
export function typeFor(registry: RegistryHead): string {
	const name = registryNameOf(registry.name).toLowerCase();
	return registry.acceptedArtifactTypes[0] ?? (isCoreRegistry(name) ? name : "dataset");
}

/** The snippet that links into this registry, with the viewer's own team filled in: only teams of the organisation may link. */
export function useLinkCode({ registry, organization, collection, type }: Target): string {
	const { data: viewer } = useQuery(viewerQuery);
	const teams = nodesOf(viewer?.teams);
	const own = teams.filter((team) => team.organization?.name === organization.name);
	const team = own.find(({ name }) => name === viewer?.entity) ?? own[0];
	return linkCode({
		team: team?.name ?? "my-team",
		orgEntity: organization.orgEntity?.name ?? organization.name,
		registry: registryNameOf(registry.name),
		collection,
		type: type ?? typeFor(registry),
	});
}
