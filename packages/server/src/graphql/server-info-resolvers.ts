import type { ResolverMap } from "./build-schema.ts";
import type { GqlContext } from "./gql-context.ts";
import { serverFeatures } from "./server-features.ts";

// wire: clients refuse to work below the least version and print a downgrade hint above the greatest.
const cliVersionInfo = { max_cli_version: "99.0.0", min_cli_version: "0.10.0" };

/** Resolvers of `graphql/base.graphql`: what the server is, for `version` as it stands in the package. */
export function createServerInfoResolvers(version: string): ResolverMap {
	const features = Object.entries(serverFeatures).map(([name, isEnabled]) => ({ name, isEnabled }));
	const latestLocalVersionInfo = {
		outOfDate: false,
		latestVersionString: version,
		versionOnThisInstanceString: version,
	};
	return {
		Query: { serverInfo: () => ({ features, cliVersionInfo, latestLocalVersionInfo }) },
		ServerInfo: { registryUi: (_parent: unknown, _args: unknown, { ctx }: GqlContext) => ctx.config.enableRegistryUi },
	};
}
