import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../../graphql-client.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { formatBytes } from "../../../ui/format.ts";
import { LineSkeleton } from "../../../ui/LineSkeleton.tsx";
import { Section } from "../../../ui/Section.tsx";
import { useChange } from "../../../ui/use-change.ts";
import { DeleteProjectDocument } from "../project.graphql.gen.ts";
import { deletionQuery, type Project } from "../project.queries.ts";

const shownPlaces = 5;

function Losses({ project }: { project: Project }): ReactNode {
	const { t, i18n } = useTranslation();
	const { data, isPending } = useQuery(deletionQuery({ entity: project.entityName, project: project.name }));
	if (isPending) return <LineSkeleton />;
	if (!data) return null;
	const { runs, sweeps, collections, versions, bytesFreed, linksHere, linksElsewhere, usersElsewhere } = data;
	const lines = [
		t("projectSettings.loses", { runs, sweeps, collections, versions }),
		t("projectSettings.bytes", { size: formatBytes(bytesFreed, i18n.language) }),
		...(linksHere > 0 ? [t("projectSettings.linksHere", { count: linksHere })] : []),
		...(linksElsewhere > 0 ? [t("projectSettings.linksElsewhere", { count: linksElsewhere })] : []),
		...(usersElsewhere > 0 ? [t("projectSettings.usersElsewhere", { count: usersElsewhere })] : []),
	];
	const places = data.linkedFrom.slice(0, shownPlaces);
	return (
		<ul className="losses">
			{lines.map((line) => (
				<li key={line}>{line}</li>
			))}
			{places.map(({ name, project: other }) => (
				<li key={`${other.id}/${name}`}>
					<Link
						to="/$entity/$project"
						params={{ entity: other.entityName, project: other.name }}
						className="link"
					>{`${other.entityName}/${other.name}`}</Link>
					{`/${name}`}
				</li>
			))}
		</ul>
	);
}

/** Takes a project away, after it has been said what goes with it. */
export function DeleteProject({ project }: { project: Project }): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [asking, setAsking] = useState(false);
	const { mutate, isPending } = useChange(() => ask(DeleteProjectDocument, { id: project.id }), {
		stale: [],
		done: () => ({ text: t("projectSettings.deleted", { name: project.name }) }),
		onDone: () => navigate({ to: "/$entity", params: { entity: project.entityName }, replace: true }),
	});
	return (
		<Section title={t("projectSettings.delete")}>
			<div className="setting">
				<p className="quiet">{t("projectSettings.deleteWhat")}</p>
				<Button size="xs" variant="default" c="var(--bad)" onClick={() => setAsking(true)}>
					{t("projectSettings.deleteAction")}
				</Button>
			</div>
			{asking ? (
				<ConfirmDialog
					title={t("projectSettings.deleteTitle", { name: project.name })}
					action={t("projectSettings.deleteAction")}
					typeName={project.name}
					busy={isPending}
					onConfirm={() => mutate(undefined)}
					onClose={() => setAsking(false)}
				>
					<p>{t("projectSettings.goes")}</p>
					<Losses project={project} />
				</ConfirmDialog>
			) : null}
		</Section>
	);
}
