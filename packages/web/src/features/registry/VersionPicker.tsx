import { Select } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { ask, nodesOf } from "../../graphql-client.ts";
import { formatRelative } from "../../ui/format.ts";
import { versionName } from "../artifact/ArtifactLink.tsx";
import {
	ArtifactsToLinkDocument,
	ProjectsToLinkFromDocument,
	VersionsLinkedAlreadyDocument,
	VersionsToLinkDocument,
} from "./linked-versions.graphql.gen.ts";
import type { CollectionPlace } from "./registry.queries.ts";
import { anyOf, holdsText, versionText } from "./registry-filters.ts";

/** What was chosen so far, from left to right. */
export type Picked = {
	team: string | null;
	project: string | null;
	artifact: string | null;
	version: { id: string; name: string } | null;
};

export const nothingPicked: Picked = { team: null, project: null, artifact: null, version: null };

type Props = {
	/** The organisation whose teams may link. */
	org: string;
	/** The type that fits. */
	type: string;
	/** Where the version is to be linked; undefined while there is no collection yet. */
	target?: CollectionPlace;
	picked: Picked;
	onPicked: (picked: Picked) => void;
	autoFocus?: boolean;
};

/** The viewer's teams in an organisation, the default one first. */
function useTeams(org: string): string[] {
	const { data: viewer } = useQuery(viewerQuery);
	const teams = nodesOf(viewer?.teams).filter(({ organization }) => organization?.name === org);
	return teams.map(({ name }) => name).sort((a, b) => Number(b === viewer?.entity) - Number(a === viewer?.entity));
}

const nameFilter = (text: string) => (text === "" ? null : JSON.stringify({ name: holdsText(text) }));

function useProjects(team: string | null, text: string) {
	return useQuery({
		queryKey: ["projects-to-link-from", team, text],
		enabled: team !== null,
		placeholderData: keepPreviousData,
		queryFn: async ({ signal }) => {
			const variables = { entity: team ?? "", filters: nameFilter(text) };
			const { entity } = await ask(ProjectsToLinkFromDocument, variables, signal);
			return nodesOf(entity?.projects).map(({ name }) => name);
		},
	});
}

function useArtifacts({ team, project }: Picked, type: string, text: string) {
	return useQuery({
		queryKey: ["artifacts-to-link", team, project, type, text],
		enabled: team !== null && project !== null,
		queryFn: async ({ signal }) => {
			const variables = { entity: team ?? "", project: project ?? "", type, filters: nameFilter(text) };
			const answer = await ask(ArtifactsToLinkDocument, variables, signal);
			const found = nodesOf(answer.project?.artifactType?.artifactCollections);
			// What is linked in a project is chosen where it was logged.
			return found.filter(({ __typename: kind }) => kind === "ArtifactSequence").map(({ name }) => name);
		},
	});
}

function useVersions({ team, project, artifact }: Picked, text: string, target: CollectionPlace | undefined) {
	return useQuery({
		queryKey: ["versions-to-link", team, project, artifact, text, target],
		enabled: artifact !== null,
		queryFn: async ({ signal }) => {
			const place = { entity: team ?? "", project: project ?? "", name: artifact ?? "" };
			const filters = anyOf(versionText(text));
			const answer = await ask(VersionsToLinkDocument, { ...place, filters }, signal);
			const versions = nodesOf(answer.project?.artifactCollection?.artifactMemberships);
			const ids = versions.flatMap(({ artifact: version }) => (version === null ? [] : [version.id]));
			if (target === undefined || ids.length === 0) return { versions, linked: new Map<string, string>() };
			const wanted = { ...target, filters: JSON.stringify({ id: { $in: ids } }) };
			const there = await ask(VersionsLinkedAlreadyDocument, wanted, signal);
			const members = nodesOf(there.project?.artifactCollection?.artifactMemberships);
			const linked = new Map(members.map((member) => [member.artifact?.id ?? "", versionName(member.versionIndex)]));
			return { versions, linked };
		},
	});
}

function useVersionChoices(picked: Picked, text: string, target: CollectionPlace | undefined) {
	const { t, i18n } = useTranslation();
	const { data, isFetching } = useVersions(picked, text, target);
	const choices = (data?.versions ?? []).flatMap(({ artifact, versionIndex, aliases, createdAt }) => {
		if (artifact === null) return [];
		const there = data?.linked.get(artifact.id);
		const said = [
			versionName(versionIndex),
			...aliases.map(({ alias }) => alias),
			formatRelative(createdAt, Date.now(), i18n.language),
			...(there === undefined ? [] : [t("registry.link.already", { version: there })]),
		];
		return [
			{ value: artifact.id, label: said.join(" · "), disabled: there !== undefined, name: versionName(versionIndex) },
		];
	});
	return { choices, isFetching };
}

/** Team, project, artifact, version: each list is narrowed by what was chosen before it. */
export function VersionPicker({ org, type, target, picked: given, onPicked, autoFocus = false }: Props): ReactNode {
	const { t } = useTranslation();
	const teams = useTeams(org);
	// Who is in one team has chosen it.
	const picked = given.team === null && teams.length === 1 ? { ...given, team: teams[0] ?? null } : given;
	const [texts, setTexts] = useState({ project: "", artifact: "", version: "" });
	const { team, project, artifact, version } = picked;
	const shownText = (text: string, chosen: string | null | undefined) => (text === chosen ? "" : text);
	const projects = useProjects(team, shownText(texts.project, project));
	const artifacts = useArtifacts(picked, type, shownText(texts.artifact, artifact));
	const { choices } = useVersionChoices(picked, texts.version.includes("·") ? "" : texts.version, target);
	const chosen = (list: string[] | undefined, value: string | null) =>
		value === null || list?.includes(value) ? (list ?? []) : [value, ...(list ?? [])];
	const nothing = (isFetching: boolean, text: string) => (isFetching ? t("ui.loading") : text);
	return (
		<>
			<Select
				label={t("registry.link.team")}
				searchable
				data-autofocus={(autoFocus && team === null) || undefined}
				placeholder={t("registry.link.chooseTeam")}
				nothingFoundMessage={t("registry.link.noTeam", { org })}
				data={teams}
				value={team}
				onChange={(value) => onPicked({ ...nothingPicked, team: value })}
			/>
			<Select
				label={t("registry.link.project")}
				searchable
				data-autofocus={(autoFocus && team !== null) || undefined}
				disabled={team === null}
				placeholder={t("registry.link.chooseProject")}
				nothingFoundMessage={nothing(projects.isFetching, t("registry.link.noProject"))}
				data={chosen(projects.data, project)}
				value={project}
				onChange={(value) => onPicked({ ...nothingPicked, team, project: value })}
				searchValue={texts.project}
				onSearchChange={(text) => setTexts((old) => ({ ...old, project: text }))}
			/>
			<Select
				label={t("registry.link.artifact")}
				searchable
				disabled={project === null}
				placeholder={t("registry.link.chooseArtifact")}
				nothingFoundMessage={nothing(artifacts.isFetching, t("registry.link.noArtifact", { type }))}
				data={chosen(artifacts.data, artifact)}
				value={artifact}
				onChange={(value) => onPicked({ ...nothingPicked, team, project, artifact: value })}
				searchValue={texts.artifact}
				onSearchChange={(text) => setTexts((old) => ({ ...old, artifact: text }))}
			/>
			<Select
				label={t("registry.link.version")}
				searchable
				disabled={artifact === null}
				placeholder={t("registry.link.chooseVersion")}
				nothingFoundMessage={t("registry.link.noVersion")}
				data={choices}
				value={version?.id ?? null}
				onChange={(id) => {
					const found = choices.find(({ value }) => value === id);
					onPicked({ ...picked, version: found === undefined ? null : { id: found.value, name: found.name } });
				}}
				searchValue={texts.version}
				onSearchChange={(text) => setTexts((old) => ({ ...old, version: text }))}
			/>
		</>
	);
}
