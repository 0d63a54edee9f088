import { TextInput } from "@mantine/core";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../../graphql-client.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { LineSkeleton } from "../../../ui/LineSkeleton.tsx";
import { Section } from "../../../ui/Section.tsx";
import { historyKeysQuery } from "../charts/chart.queries.ts";
import { useSeen } from "../charts/use-seen.ts";
import { RunSamplesDocument } from "../run.graphql.gen.ts";
import { foundRun, type Run, type RunPlace } from "../run.queries.ts";
import { MediaItemView } from "./MediaItemView.tsx";
import { type MediaItem, type MediaKey, mediaKeys, readMedia } from "./media-rules.ts";
import "./media.css";

/** `at` is the step that is looked at. */
export type MediaSearch = { q?: string | undefined; at?: string | undefined };

type Props = { run: Run; place: RunPlace; search: MediaSearch; onSearch: (change: MediaSearch) => void };

type Logged = { step: number; items: MediaItem[] };

/** So many steps of a key can be walked through; the server spaces them evenly where there are more. */
const mostSteps = 200;

function mediaQuery(place: RunPlace, key: string, rows: number) {
	return queryOptions({
		queryKey: ["run-media", place, key, rows],
		queryFn: async ({ signal }): Promise<Logged[]> => {
			const specs = [JSON.stringify({ keys: [key, "_step"], samples: mostSteps })];
			const run = foundRun(await ask(RunSamplesDocument, { ...place, specs }, signal), place);
			const sampled: unknown[] = Array.isArray(run.sampledHistory[0]) ? run.sampledHistory[0] : [];
			return sampled.flatMap((row) => {
				if (typeof row !== "object" || row === null || !("_step" in row) || typeof row._step !== "number") return [];
				const items = readMedia(Object.entries(row).find(([name]) => name === key)?.[1]);
				return items.length > 0 ? [{ step: row._step, items }] : [];
			});
		},
		placeholderData: keepPreviousData,
	});
}

function Steps({ logged, at, onAt }: { logged: Logged[]; at: number; onAt: (step: number) => void }): ReactNode {
	const { t } = useTranslation();
	const id = useId();
	const step = logged[at]?.step ?? 0;
	return (
		<div className="media-steps">
			<label htmlFor={id}>{t("charts.axis.step")}</label>
			<input
				id={id}
				type="range"
				min={0}
				max={logged.length - 1}
				value={at}
				aria-valuetext={String(step)}
				onChange={({ currentTarget }) => onAt(logged[Number(currentTarget.value)]?.step ?? step)}
			/>
			<output htmlFor={id}>{step}</output>
		</div>
	);
}

type KeyProps = {
	media: MediaKey;
	rows: number;
	place: RunPlace;
	at: number | undefined;
	onAt: (step: number) => void;
};

function KeyMedia({ media, rows, place, at, onAt }: KeyProps): ReactNode {
	const { name } = media;
	const [box, seen] = useSeen<HTMLDivElement>();
	const { data: logged, isPending } = useQuery({ ...mediaQuery(place, name, rows), enabled: seen });
	// The last one that is not after the step looked at; the newest where none is chosen.
	const later = logged?.findLastIndex(({ step }) => at === undefined || step <= at) ?? -1;
	const index = Math.max(later, 0);
	const items = logged?.[index]?.items ?? [];
	return (
		<Section title={name} {...(logged ? { count: logged.length } : {})}>
			<div ref={box} className="media-key">
				{isPending ? <LineSkeleton /> : null}
				{logged && logged.length > 1 ? <Steps logged={logged} at={index} onAt={onAt} /> : null}
				<div className={media.kind === "image" ? "media-grid" : "stack"}>
					{items.map((item, number) => (
						<MediaItemView
							key={item.kind === "histogram" ? number : item.path}
							item={item}
							place={place}
							label={`${name} ${number + 1}`}
						/>
					))}
				</div>
			</div>
		</Section>
	);
}

/** Images, tables, sounds and the like in a run's history, each with the steps it was logged at. */
export function RunMedia({ run, place, search, onSearch }: Props): ReactNode {
	const { t } = useTranslation();
	const rows = run.historyLineCount ?? 0;
	const { data } = useQuery(historyKeysQuery({ place, title: "", rows, events: 0 }));
	const keys = useMemo(() => mediaKeys(data ?? []), [data]);
	const wanted = search.q?.toLowerCase() ?? "";
	if (data === undefined) return <LineSkeleton />;
	if (!run.capabilities.includes("PROJECT_READ")) return <EmptyState text={t("runFiles.refused")} />;
	if (keys.length === 0)
		return <EmptyState text={t("media.none")} code={'run.log({"sample": wandb.Image(picture)})'} />;
	const at = search.at === undefined ? undefined : Number(search.at);
	return (
		<div className="stack">
			<TextInput
				size="xs"
				maw={320}
				type="search"
				placeholder={t("media.search")}
				aria-label={t("media.search")}
				value={search.q ?? ""}
				onChange={({ currentTarget }) => onSearch({ q: currentTarget.value || undefined })}
			/>
			{keys
				.filter(({ name }) => name.toLowerCase().includes(wanted))
				.map((media) => (
					<KeyMedia
						key={media.name}
						media={media}
						rows={rows}
						place={place}
						at={at}
						onAt={(step) => onSearch({ at: String(step) })}
					/>
				))}
		</div>
	);
}
