import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { PendingPage } from "../../app-shell/PendingPage.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { type TabLink, TabLinks } from "../../ui/TabLinks.tsx";
import { RunArtifacts } from "./RunArtifacts.tsx";
import { RunFiles } from "./RunFiles.tsx";
import { RunLog } from "./RunLog.tsx";
import { RunOverview } from "./RunOverview.tsx";
import { type Run, type RunPlace, runQuery } from "./run.queries.ts";

const tabs = ["overview", "artifacts", "files", "logs"] as const;
type Tab = (typeof tabs)[number];

function isTab(text: string | undefined): text is Tab {
	return tabs.some((tab) => tab === text);
}

function RunTab({ tab, run, place }: { tab: Tab; run: Run; place: RunPlace }): ReactNode {
	if (tab === "artifacts") return <RunArtifacts place={place} />;
	if (tab === "files") return <RunFiles place={place} />;
	if (tab === "logs") return <RunLog place={place} state={run.state} />;
	return <RunOverview run={run} place={place} />;
}

/** A run: what it is, what went in and came out, its files, its console. */
export function RunPage(): ReactNode {
	const { t } = useTranslation();
	const { entity = "", project = "", run: id = "", tab } = useParams({ strict: false });
	const place = { entity, project, run: id };
	const { data: run } = useSuspenseQuery(runQuery(place));
	const current = isTab(tab) ? tab : "overview";
	const links: TabLink[] = tabs.map((name) => ({
		id: name,
		title: t(`run.tab.${name}`),
		link:
			name === "overview"
				? { to: "/$entity/$project/runs/$run", params: place }
				: { to: "/$entity/$project/runs/$run/$tab", params: { ...place, tab: name } },
	}));
	return (
		<>
			<PageHeader title={run.displayName || run.name} crumbs={[...projectCrumbs(entity, project), t("project.runs")]}>
				<CopyButton text={`${entity}/${project}/${run.name}`} label={t("run.path")} />
				<StateBadge state={run.state} />
			</PageHeader>
			<TabLinks tabs={links} current={current} label={t("ui.tabs")} />
			<Suspense fallback={<PendingPage />}>
				<RunTab tab={current} run={run} place={place} />
			</Suspense>
		</>
	);
}
