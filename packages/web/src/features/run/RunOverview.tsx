import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EditableMarkdown } from "../../ui/EditableMarkdown.tsx";
import { EditableTags } from "../../ui/EditableTags.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { parseRecord, readSummary, unwrapConfig } from "../../ui/json.ts";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { ValueTable } from "../../ui/ValueTable.tsx";
import { RunArtifacts } from "./RunArtifacts.tsx";
import { type Run, type RunPlace, runMetadataQuery } from "./run.queries.ts";
import { durationOf } from "./run-duration.ts";
import { readRunSource, repositoryLink } from "./run-source.ts";
import { useSaveRun } from "./use-run-changes.ts";

type Props = { run: Run; place: RunPlace };

function RunFacts({ run, place }: Props): ReactNode {
	const { t } = useTranslation();
	const { entity, project } = place;
	const save = useSaveRun(run, place);
	const mayWrite = run.capabilities.includes("PROJECT_WRITE");
	const id = (
		<>
			<span className="mono">{run.name}</span> <CopyButton text={run.name} label={t("run.id")} />
		</>
	);
	const sweep = run.sweepName ? (
		<Link to="/$entity/$project/sweeps/$sweep" params={{ entity, project, sweep: run.sweepName }} className="link">
			{run.sweep?.displayName || run.sweepName}
		</Link>
	) : null;
	const group = run.group ? (
		<Link
			to="/$entity/$project"
			params={{ entity, project }}
			search={{ where: JSON.stringify([["group", "is", run.group]]) }}
			className="link"
		>
			{run.group}
		</Link>
	) : null;
	const tagsNow = run.tags ?? [];
	const tags = (
		<EditableTags
			tags={tagsNow}
			onAdd={mayWrite ? (tag) => save({ tags: [...tagsNow, tag] }) : undefined}
			onRemove={mayWrite ? (tag) => save({ tags: tagsNow.filter((other) => other !== tag) }) : undefined}
		/>
	);
	const user = run.user?.username ?? run.user?.name;
	return (
		<Facts
			facts={[
				{
					name: t("run.user"),
					value: user ? (
						<Link to="/$entity" params={{ entity: user }} className="link">
							{user}
						</Link>
					) : null,
				},
				{ name: t("run.started"), value: <TimeText at={run.createdAt} full /> },
				{ name: t("run.duration"), value: durationOf(run) },
				{ name: t("run.jobType"), value: run.jobType },
				{ name: t("run.group"), value: group },
				{ name: t("run.sweep"), value: sweep },
				{ name: t("ui.tags"), value: tags },
				{ name: t("run.id"), value: id },
				{ name: t("run.exitCode"), value: run.exitcode },
			]}
		/>
	);
}

function RunSourceFacts({ run, place }: Props): ReactNode {
	const { t } = useTranslation();
	const noted = (run.metadata?.edges.length ?? 0) > 0;
	const { data: metadata } = useQuery({ ...runMetadataQuery(place), enabled: noted });
	const source = readRunSource(metadata, parseRecord(run.config));
	const commit = source.commit ?? run.commit;
	const link = source.repository && repositoryLink(source.repository);
	const code = (text: string | undefined | null, label: string) =>
		text ? (
			<>
				<code className="mono">{text}</code> <CopyButton text={text} label={label} />
			</>
		) : null;
	const repository = link ? (
		<a href={link} className="link" rel="noreferrer" target="_blank">
			{link.replace(/^https?:\/\//, "")}
		</a>
	) : (
		source.repository
	);
	const facts = [
		{ name: t("run.command"), value: code(source.command, t("run.command")) },
		{ name: t("run.repository"), value: repository },
		{ name: t("run.commit"), value: code(commit, t("run.commit")) },
		{ name: t("run.directory"), value: source.directory ? <span className="mono">{source.directory}</span> : null },
		{ name: t("run.host"), value: source.host ?? run.host },
		{ name: t("run.os"), value: source.os },
		{ name: "Python", value: source.python },
		{ name: t("run.client"), value: source.client ? `wandb ${source.client}` : null },
		{ name: "GPU", value: source.gpu },
		{ name: "CPU", value: source.cpus },
	];
	return facts.some(({ value }) => value) ? <Facts facts={facts} /> : <p className="quiet">{t("run.noSource")}</p>;
}

/** What a run is: facts, notes, where it came from; its inputs and outputs; config and last metrics. */
export function RunOverview({ run, place }: Props): ReactNode {
	const { t } = useTranslation();
	const save = useSaveRun(run, place);
	const onSave = run.capabilities.includes("PROJECT_WRITE") ? (notes: string) => save({ notes }) : undefined;
	return (
		<div className="stack">
			<div className="split even">
				<div className="stack">
					<RunFacts run={run} place={place} />
					<EditableMarkdown
						title={t("run.notes")}
						text={run.notes}
						empty={t(onSave ? "run.notesHint" : "ui.none")}
						onSave={onSave}
					/>
				</div>
				<RunSourceFacts run={run} place={place} />
			</div>
			<RunArtifacts place={place} />
			<div className="split even">
				<Section title={t("run.config")}>
					<ValueTable label={t("run.config")} values={unwrapConfig(run.config)} />
				</Section>
				<Section title={t("run.summary")}>
					<ValueTable label={t("run.summary")} values={readSummary(run.summaryMetrics)} />
				</Section>
			</div>
		</div>
	);
}
