/**
 * People and the ways they prove who they are.
 * `authenticate` turns the headers of a request into the actor that every policy asks about.
 */

export { findUserIdsByEmail, leaveDefaultEntity, updateUsername } from "./account-store.ts";
export { apiKeyLength, derivedSecret, hashSecret } from "./api-key-rules.ts";
export { authenticate, type Credentials, findCredentialOwner, sentApiKey } from "./authenticate.ts";
export { resetPassword } from "./change-password.ts";
export { checkPassword } from "./check-password.ts";
export { sessionCookie } from "./credential-rules.ts";
export { activateUser, deactivateUser, switchOff } from "./deactivate-user.ts";
export { deleteApiKey } from "./delete-api-key.ts";
export { type GeneratedApiKey, generateApiKey } from "./generate-api-key.ts";
export { userLoader } from "./identity-loaders.ts";
export { requireInstanceAdmin } from "./identity-policy.ts";
export { identityResolvers } from "./identity-resolvers.ts";
export { identityRoutes } from "./identity-routes.ts";
export { type ApiKeyNode, findUserByName, findUsersByIds, hasUsers, type UserRow } from "./identity-store.ts";
export { findUnseenServiceKeys, insertApiKey, insertServiceKey } from "./insert-api-key.ts";
export { insertUser, type NewUser } from "./insert-user.ts";
export { createKeyThrottle, type KeyThrottle } from "./key-throttle.ts";
export type { SessionNode } from "./list-sessions.ts";
export { listUsers } from "./list-users.ts";
export { loginUser, type OpenedSession, openSession } from "./login-user.ts";
export { logoutUser } from "./logout-user.ts";
export { hashPassword } from "./password-hash.ts";
export { checkNewPassword } from "./password-rules.ts";
export { refuseAnonymous, requireUser } from "./require-user.ts";
export { setInstanceAdmin } from "./set-instance-admin.ts";
export { setUserDefaultEntity } from "./set-user-default-entity.ts";
export { createSignInThrottle } from "./sign-in-throttle.ts";
