/** Registries: where an organisation finds versions that its teams linked. Their collections are the artifact noun's. */
export { guardProtectedAliases } from "./guard-protected-aliases.ts";
export { type LinkVersionInput, linkVersion } from "./link-version.ts";
export { migrateLegacy } from "./migrate-legacy.ts";
export { keepCoreRegistries, keepRegistryName, makeCoreRegistries } from "./registry-guards.ts";
export { registryResolvers } from "./registry-resolvers.ts";
export { nameRegistries } from "./require-target.ts";
export { searchResolvers } from "./search-resolvers.ts";
export type { Found } from "./search-rows.ts";
