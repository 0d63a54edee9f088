import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { formatDuration } from "../../ui/format.ts";
import { readSummary, unwrapConfig } from "../../ui/json.ts";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { ValueTable } from "../../ui/ValueTable.tsx";
import { RunArtifacts } from "./RunArtifacts.tsx";
import type { Run, RunPlace } from "./run.queries.ts";

function RunFacts({ run, place }: { run: Run; place: RunPlace }): ReactNode {
	const { t } = useTranslation();
	const { entity, project } = place;
	const duration = run.heartbeatAt ? formatDuration(Date.parse(run.heartbeatAt) - Date.parse(run.createdAt)) : null;
	const id = (
		<>
			<span className="mono">{run.name}</span> <CopyButton text={run.name} label={t("run.id")} />
		</>
	);
	const sweep = run.sweepName ? (
		<Link to="/$entity/$project/sweeps/$sweep" params={{ entity, project, sweep: run.sweepName }} className="link">
			{run.sweepName}
		</Link>
	) : null;
	return (
		<Facts
			facts={[
				{ name: t("run.id"), value: id },
				{ name: t("run.jobType"), value: run.jobType },
				{ name: t("run.user"), value: run.user?.username ?? run.user?.name },
				{ name: t("run.started"), value: <TimeText at={run.createdAt} full /> },
				{ name: t("run.duration"), value: duration },
				{ name: t("run.group"), value: run.group },
				{ name: t("run.sweep"), value: sweep },
				{ name: t("ui.tags"), value: run.tags && run.tags.length > 0 ? <Chips texts={run.tags} /> : null },
				{ name: t("run.host"), value: run.host },
				{ name: t("run.commit"), value: run.commit ? <span className="mono">{run.commit}</span> : null },
				{ name: t("run.exitCode"), value: run.exitcode },
				{ name: t("run.notes"), value: run.notes },
			]}
		/>
	);
}

/** Facts, inputs and outputs, config and last metrics of a run. */
export function RunOverview({ run, place }: { run: Run; place: RunPlace }): ReactNode {
	const { t } = useTranslation();
	return (
		<>
			<RunFacts run={run} place={place} />
			<RunArtifacts place={place} />
			<div className="split even">
				<Section title={t("run.config")}>
					<ValueTable label={t("run.config")} values={unwrapConfig(run.config)} />
				</Section>
				<Section title={t("run.summary")}>
					<ValueTable label={t("run.summary")} values={readSummary(run.summaryMetrics)} />
				</Section>
			</div>
		</>
	);
}
