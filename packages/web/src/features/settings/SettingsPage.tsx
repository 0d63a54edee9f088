import { NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { entitiesOf, type Viewer, viewerQuery } from "../../app-shell/viewer.queries.ts";
import { Facts } from "../../ui/Facts.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { ApiKeys } from "./ApiKeys.tsx";
import { NewApiKey } from "./NewApiKey.tsx";
import { setDefaultEntity } from "./settings.queries.ts";

function DefaultEntity({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const queryClient = useQueryClient();
	const save = useMutation({
		mutationFn: setDefaultEntity,
		onSuccess: () => queryClient.invalidateQueries({ queryKey: viewerQuery.queryKey }),
	});
	return (
		<NativeSelect
			maw={320}
			size="xs"
			label={t("settings.defaultEntity")}
			description={t("settings.defaultEntityHint")}
			data={entitiesOf(viewer)}
			value={viewer.entity ?? viewer.username ?? viewer.name}
			disabled={save.isPending}
			error={save.error?.message}
			onChange={(event) => save.mutate(event.currentTarget.value)}
		/>
	);
}

/** One's account and keys. */
export function SettingsPage(): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useSuspenseQuery(viewerQuery);
	return (
		<>
			<PageHeader title={t("settings.title")} />
			{viewer ? (
				<Section title={t("settings.account")}>
					<Facts
						facts={[
							{ name: t("login.username"), value: viewer.username ?? viewer.name },
							{ name: t("settings.email"), value: viewer.email },
							{ name: t("settings.role"), value: viewer.admin ? t("settings.instanceAdmin") : null },
							{
								name: t("settings.organizations"),
								value: viewer.organizations?.map(({ name }) => name).join(", "),
							},
						]}
					/>
					<DefaultEntity viewer={viewer} />
				</Section>
			) : null}
			<Section title={t("keys.title")}>
				<p className="lead">
					{t("keys.lead")}{" "}
					<Link to="/authorize" className="link">
						{t("authorize.title")}
					</Link>
				</p>
				<NewApiKey />
				<ApiKeys />
			</Section>
		</>
	);
}
