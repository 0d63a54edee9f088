/** Projects: what holds runs and artifacts, and who may see and change them. */
export { dropGivenRoles } from "./drop-given-roles.ts";
export { ensureProject } from "./ensure-project.ts";
export { findProject, findProjectOfName, type ProjectAddress } from "./find-project.ts";
export { insertProject, type NewProject } from "./insert-project.ts";
export { listProjectMembers, maySeePeople } from "./list-project-members.ts";
export { listProjects, listProjectsToSearch } from "./list-projects.ts";
export { missingRole } from "./missing-role.ts";
export { projectDeletionResolvers } from "./project-deletion-resolvers.ts";
export { projectLoader } from "./project-loaders.ts";
export { projectMemberResolvers } from "./project-member-resolvers.ts";
export type { MemberRef, ProjectMemberRow } from "./project-member-rows.ts";
export { setProjectMemberRow } from "./project-member-store.ts";
export {
	findProjectById,
	findProjectsAt,
	findProjectsByIds,
	isAtAddress,
	type ProjectRow,
	projectColumns,
	projectTables,
	visibleTo,
} from "./project-reader.ts";
export { projectResolvers } from "./project-resolvers.ts";
export { checkDescription, checkProjectName, parseAccess, projectNameKey } from "./project-rules.ts";
export { removeProjectMember } from "./remove-project-member.ts";
export { requireOn, requireProject } from "./require-project.ts";
export { setProjectMember } from "./set-project-member.ts";
export { upsertProject } from "./upsert-project.ts";
