import { Button } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { type ApiKey, apiKeysQuery, deleteApiKey } from "./settings.queries.ts";

function RevokeButton({ apiKey }: { apiKey: ApiKey }): ReactNode {
	const { t } = useTranslation();
	const queryClient = useQueryClient();
	const [asking, setAsking] = useState(false);
	const revoke = useMutation({
		mutationFn: () => deleteApiKey(apiKey.id),
		onSuccess: () => queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
	});
	if (revoke.isError) return <span role="alert">{revoke.error.message}</span>;
	if (!asking) {
		return (
			<Button variant="subtle" color="red" size="compact-xs" onClick={() => setAsking(true)}>
				{t("keys.revoke")}
			</Button>
		);
	}
	return (
		<span className="chips">
			<Button color="red" size="compact-xs" loading={revoke.isPending} onClick={() => revoke.mutate()} autoFocus>
				{t("keys.revokeSure")}
			</Button>
			<Button variant="subtle" size="compact-xs" onClick={() => setAsking(false)}>
				{t("ui.cancel")}
			</Button>
		</span>
	);
}

/** The keys one has: when made, when last used, and the way to take one away. */
export function ApiKeys(): ReactNode {
	const { t } = useTranslation();
	const { data: keys } = useSuspenseQuery(apiKeysQuery);
	if (keys.length === 0) return <p className="quiet">{t("keys.none")}</p>;
	return (
		<DataTable
			label={t("keys.title")}
			rows={keys}
			rowKey={({ id }) => id}
			columns={[
				{ id: "name", title: t("keys.key"), kind: "tight", cell: ({ name }) => <span className="mono">{name}</span> },
				{ id: "description", title: t("keys.description"), cell: ({ description }) => description },
				{
					id: "created",
					title: t("ui.created"),
					kind: "tight",
					wideOnly: true,
					cell: ({ createdAt }) => <TimeText at={createdAt} />,
				},
				{
					id: "used",
					title: t("keys.lastUsed"),
					kind: "tight",
					wideOnly: true,
					cell: ({ lastUsedAt }) => <TimeText at={lastUsedAt} />,
				},
				{ id: "revoke", title: t("keys.revoke"), kind: "tight", cell: (key) => <RevokeButton apiKey={key} /> },
			]}
		/>
	);
}
