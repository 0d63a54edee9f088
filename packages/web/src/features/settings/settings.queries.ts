import { queryOptions } from "@tanstack/react-query";
import { nodesOf, request } from "../../graphql-client.ts";

const apiKeysDocument = /* GraphQL */ `
	query ApiKeys {
		viewer { id apiKeys { edges { node { id name description createdAt lastUsedAt } } } }
	}
`;

const generateApiKeyDocument = /* GraphQL */ `
	mutation GenerateApiKey($description: String) {
		generateApiKey(input: { description: $description }) { apiKey { id name } }
	}
`;

const deleteApiKeyDocument = /* GraphQL */ `
	mutation DeleteApiKey($input: DeleteApiKeyInput!) { deleteApiKey(input: $input) { success } }
`;

const updateUserDocument = /* GraphQL */ `
	mutation UpdateUser($defaultEntity: String) { updateUser(input: { defaultEntity: $defaultEntity }) { user { id } } }
`;

export type ApiKey = {
	id: string;
	/** Masked: the server keeps only a hash. */
	name: string;
	description: string | null;
	createdAt: string | null;
	lastUsedAt: string | null;
};

type ApiKeysResult = { viewer: { id: string; apiKeys: { edges: { node: ApiKey }[] } | null } | null };
type GenerateResult = { generateApiKey: { apiKey: { id: string; name: string } | null } | null };

/** The viewer's API keys. */
export const apiKeysQuery = queryOptions({
	queryKey: ["api-keys"],
	queryFn: async ({ signal }) => {
		const { viewer } = await request<ApiKeysResult>(apiKeysDocument, {}, signal);
		return nodesOf(viewer?.apiKeys);
	},
});

/** Makes a key; the answer is the only place where it is whole. */
export async function generateApiKey(description: string): Promise<string> {
	const result = await request<GenerateResult>(generateApiKeyDocument, { description });
	const key = result.generateApiKey?.apiKey?.name;
	if (key === undefined) throw new Error("the server made no key");
	return key;
}

/** Takes a key away; whoever uses it is refused from then on. */
export async function deleteApiKey(id: string): Promise<void> {
	await request(deleteApiKeyDocument, { input: { id } });
}

/** Sets the entity that runs go to when none is named. */
export async function setDefaultEntity(defaultEntity: string): Promise<void> {
	await request(updateUserDocument, { defaultEntity });
}
