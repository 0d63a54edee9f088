import { Button } from "@mantine/core";
import { type QueryKey, useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type ApiKey, apiKeysQuery, deleteApiKey } from "./settings.queries.ts";

function RevokeButton({ apiKey, stale }: { apiKey: ApiKey; stale: QueryKey }): ReactNode {
	const { t } = useTranslation();
	const [asking, setAsking] = useState(false);
	const revoke = useChange(deleteApiKey, { stale: [stale], done: () => ({ text: t("keys.revoked") }) });
	const name = apiKey.description || apiKey.name;
	return (
		<>
			<Button
				variant="subtle"
				color="red"
				size="compact-xs"
				aria-label={t("keys.revokeNamed", { name })}
				onClick={() => setAsking(true)}
			>
				{t("keys.revoke")}
			</Button>
			{asking ? (
				<ConfirmDialog
					title={t("keys.revokeNamed", { name })}
					action={t("keys.revokeSure")}
					busy={revoke.isPending}
					onConfirm={() => revoke.mutate(apiKey.id, { onSettled: () => setAsking(false) })}
					onClose={() => setAsking(false)}
				>
					<p>{t("keys.revokeWhat")}</p>
				</ConfirmDialog>
			) : null}
		</>
	);
}

function Expiry({ at }: { at: string | null }): ReactNode {
	const { t } = useTranslation();
	if (at === null) return <span className="quiet">{t("keys.never")}</span>;
	if (Date.parse(at) <= Date.now()) {
		return (
			<span className="bad-text">
				{t("keys.ended")} <TimeText at={at} />
			</span>
		);
	}
	return <TimeText at={at} />;
}

/** Keys with what each may do, until when, and when it was last used; and the way to take one away. */
export function KeyTable({ keys, stale }: { keys: ApiKey[]; stale: QueryKey }): ReactNode {
	const { t } = useTranslation();
	if (keys.length === 0) return <p className="quiet">{t("keys.none")}</p>;
	return (
		<DataTable
			label={t("keys.title")}
			rows={keys}
			rowKey={({ id }) => id}
			columns={[
				{
					id: "description",
					title: t("keys.description"),
					kind: "main",
					cell: ({ description, name }) => (
						<span className="who-line">
							{description || <span className="quiet">{t("keys.noDescription")}</span>}
							<span className="mono quiet">{name}</span>
						</span>
					),
				},
				{
					id: "scope",
					title: t("keys.scope"),
					kind: "tight",
					cell: ({ scope }) => t(scope === "read" ? "keys.read" : "keys.full"),
				},
				{
					id: "used",
					title: t("keys.lastUsed"),
					kind: "tight",
					wideOnly: true,
					cell: ({ lastUsedAt }) =>
						lastUsedAt ? <TimeText at={lastUsedAt} /> : <span className="quiet">{t("keys.notUsed")}</span>,
				},
				{
					id: "expires",
					title: t("keys.expires"),
					kind: "tight",
					wideOnly: true,
					cell: ({ expiresAt }) => <Expiry at={expiresAt} />,
				},
				{
					id: "created",
					title: t("ui.created"),
					kind: "tight",
					wideOnly: true,
					cell: ({ createdAt }) => <TimeText at={createdAt} />,
				},
				{ id: "revoke", title: "", kind: "number", cell: (key) => <RevokeButton apiKey={key} stale={stale} /> },
			]}
		/>
	);
}

/** The keys one has. */
export function ApiKeys(): ReactNode {
	const { data: keys } = useSuspenseQuery(apiKeysQuery);
	return <KeyTable keys={keys} stale={apiKeysQuery.queryKey} />;
}
