import { Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { iconOfType } from "../../ui/icon-paths.ts";
import { Tree, type TreeRow } from "../../ui/Tree.tsx";
import { useBranches } from "../../ui/use-branches.ts";
import { useDebounced } from "../../ui/use-debounced.ts";
import { useViewState } from "../../ui/use-view-state.ts";
import {
	type BrowserItem,
	browserCurrentQuery,
	findCollections,
	readTypeCollections,
	readTypes,
	readVersions,
} from "./browser.queries.ts";
import { type BrowserRow, browserRows, nodeOf } from "./browser-rows.ts";
import { isGeneratedType } from "./generated-types.ts";

type Place = { entity: string; project: string };

const searchWaitMs = 250;

function useBrowserBranches(place: Place, text: string) {
	const { entity, project } = place;
	return useBranches<BrowserItem>(["artifact-browser", entity, project, text], (node, after, signal) => {
		const at = node.indexOf(":");
		const id = node.slice(at + 1);
		if (node.startsWith("type:")) return readTypeCollections({ entity, project, type: id, after }, signal);
		if (node.startsWith("collection:")) return readVersions(id, after, signal);
		return text === "" ? readTypes(place, signal) : findCollections({ entity, project, text, after }, signal);
	});
}

/** Where the page is, as the address says it. */
type Current = {
	type: string | undefined;
	name: string | undefined;
	version: string | undefined;
	tab: string | undefined;
};

function isCurrentVersion(item: BrowserItem, holder: BrowserItem | undefined, current: Current): boolean {
	if (item.kind !== "version" || holder?.kind !== "collection" || holder.name !== current.name) return false;
	return current.version === `v${item.index}` || item.aliases.includes(current.version ?? "");
}

function linkOf(place: Place, item: BrowserItem, holder: BrowserItem | undefined, tab: string | undefined): LinkProps {
	if (item.kind === "type") return { to: "/$entity/$project/artifacts/$type", params: { ...place, type: item.name } };
	const collection = item.kind === "collection" ? item : holder;
	if (collection?.kind !== "collection") return { to: "/$entity/$project/artifacts", params: place };
	const { name, type } = collection;
	const at = { ...place, type, name };
	if (item.kind === "collection") return { to: "/$entity/$project/artifacts/$type/$name", params: at };
	const version = `v${item.index}`;
	if (tab === undefined) return { to: "/$entity/$project/artifacts/$type/$name/$version", params: { ...at, version } };
	return { to: "/$entity/$project/artifacts/$type/$name/$version/$tab", params: { ...at, version, tab } };
}

function ItemText({ item, isFound }: { item: BrowserItem; isFound: boolean }): ReactNode {
	const { t, i18n } = useTranslation();
	const number = (value: number) => value.toLocaleString(i18n.language);
	if (item.kind === "type") {
		return (
			<>
				<Icon name={iconOfType(item.name)} />
				<span className="tree-name">{item.name}</span>
				<span className="tree-meta">{number(item.total)}</span>
			</>
		);
	}
	if (item.kind === "collection") {
		const count = t("browser.versions", { count: item.versionCount, number: number(item.versionCount) });
		return (
			<>
				{isFound ? <Icon name={iconOfType(item.type)} /> : null}
				<span className="tree-name" title={`${item.type} / ${item.name}`}>
					{item.name}
				</span>
				<span className="tree-meta" title={count}>
					{number(item.versionCount)}
				</span>
			</>
		);
	}
	return (
		<>
			<span>{`v${item.index}`}</span>
			<Chips kind="alias" texts={item.aliases.slice(0, 3)} />
		</>
	);
}

function labelOf(item: BrowserItem): string {
	return item.kind === "version" ? [`v${item.index}`, ...item.aliases].join(" ") : item.name;
}

type RowsProps = {
	place: Place;
	current: Current;
	rows: readonly BrowserRow[];
	load: (node: string) => void;
	isFound: boolean;
};

/** The rows as links: one can open them in another window too. */
function useTreeRows({ place, current, rows, load, isFound }: RowsProps): TreeRow[] {
	const { t } = useTranslation();
	const navigate = useNavigate();
	return useMemo(() => {
		const { name, version, tab } = current;
		const onVersion = rows.some((row) => row.kind === "item" && isCurrentVersion(row.item, row.holder, current));
		const isCurrent = (item: BrowserItem, holder: BrowserItem | undefined) => {
			if (item.kind === "version") return isCurrentVersion(item, holder, current);
			if (item.kind === "type") return item.name === current.type && name === undefined;
			return item.name === name && !onVersion;
		};
		return rows.map((row): TreeRow => {
			if (row.kind === "note") {
				return noteRow(row, { text: t(row.note === "failed" ? "browser.failed" : "ui.loading"), load });
			}
			const { item, holder, isOpen, key, level } = row;
			const link = linkOf(place, item, holder, version === undefined ? undefined : tab);
			const isOther =
				item.kind === "version" && holder?.kind === "collection" && holder.name === name && version !== undefined;
			const isHere = isCurrent(item, holder);
			const content = (
				<>
					<Link {...link} className="tree-link" tabIndex={-1} onClick={(event) => event.stopPropagation()}>
						<ItemText item={item} isFound={isFound} />
					</Link>
					{isOther && !isHere && item.kind === "version" ? (
						<Link
							to="/$entity/$project/artifacts/$type/$name/$version/$tab"
							params={{ ...place, type: holder.type, name: holder.name, version, tab: "files" }}
							search={{ compare: `v${item.index}` }}
							className="tree-hover"
							tabIndex={-1}
							aria-label={t("browser.compareLabel", { current: version, version: `v${item.index}` })}
							onClick={(event) => event.stopPropagation()}
						>
							<Icon name="compare" />
							{t("browser.compare")}
						</Link>
					) : null}
				</>
			);
			const base = {
				key,
				level,
				label: labelOf(item),
				content,
				isCurrent: isHere,
				onChoose: () => void navigate(link),
			};
			return isOpen === undefined ? base : { ...base, isOpen };
		});
	}, [rows, place, current, load, isFound, navigate, t]);
}

function noteRow(
	{ node, level, note }: BrowserRow & { kind: "note" },
	{ text, load }: Pick<NoteProps, "text" | "load">,
): TreeRow {
	const content = <Note text={text} node={node} note={note} load={load} />;
	return { key: `note ${node}`, level, label: "", isNote: true, content };
}

type NoteProps = { text: string; node: string; note: "loading" | "failed"; load: (node: string) => void };

/** Drawn where the end of what was read is in sight: then more is read. */
function Note({ text, node, note, load }: NoteProps): ReactNode {
	useEffect(() => {
		if (note === "loading") load(node);
	}, [note, node, load]);
	if (note === "loading") return <span>{`${text}…`}</span>;
	return (
		<button type="button" className="copy" onClick={() => load(node)}>
			{text}
		</button>
	);
}

/** All artifacts of a project as a tree: type, artifact, version. It stands beside their pages and marks the one that is open. */
export function ArtifactBrowser(): ReactNode {
	const { t } = useTranslation();
	const { entity = "", project = "", type, name, version, tab } = useParams({ strict: false });
	const place = useMemo(() => ({ entity, project }), [entity, project]);
	const current = useMemo(() => ({ type, name, version, tab }), [type, name, version, tab]);
	const [search, setSearch] = useState("");
	const text = useDebounced(search.trim(), searchWaitMs);
	const [{ generated }, set] = useViewState(["generated"]);
	const showsGenerated = generated === "1";
	const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
	const { branches, load } = useBrowserBranches(place, text);
	const { data: found } = useQuery({ ...browserCurrentQuery(place, name ?? ""), enabled: name !== undefined });
	const here = found?.kind === "collection" && found.name === name ? found : undefined;
	const hereNode = here && nodeOf(here);
	// The way to what the page is about is opened; what else is open stays so.
	useEffect(() => {
		const way = [type === undefined ? [] : [`type:${type}`], hereNode === undefined ? [] : [hereNode]].flat();
		if (way.length > 0) setOpen((old) => new Set([...old, ...way]));
	}, [type, hereNode]);
	useEffect(() => {
		for (const node of ["", ...open]) if (!branches.has(node)) void load(node);
	}, [branches, open, load]);
	const rows = useMemo(
		() => browserRows({ branches, open, current: text === "" ? here : undefined, showsGenerated }),
		[branches, open, here, showsGenerated, text],
	);
	const treeRows = useTreeRows({ place, current, rows, load, isFound: text !== "" });
	const toggle = useCallback((key: string, isOpen: boolean) => {
		setOpen((old) => {
			const next = new Set(old);
			if (isOpen) next.add(key);
			else next.delete(key);
			return next;
		});
	}, []);
	const top = branches.get("");
	const made = top?.items.filter((item) => item.kind === "type" && isGeneratedType(item.name)).length ?? 0;
	return (
		<>
			<TextInput
				size="xs"
				type="search"
				placeholder={t("browser.search")}
				aria-label={t("browser.search")}
				value={search}
				onChange={({ currentTarget }) => setSearch(currentTarget.value)}
			/>
			{text !== "" && top?.items.length === 0 && !top.isLoading ? (
				<p className="tree-none">{t("browser.noneFound")}</p>
			) : (
				<Tree label={t("browser.title")} rows={treeRows} onToggle={toggle} />
			)}
			{made > 0 && type !== undefined ? (
				<Checkbox
					size="xs"
					label={t("browser.showGenerated", { count: made })}
					checked={showsGenerated}
					onChange={({ currentTarget }) =>
						set({ generated: currentTarget.checked ? "1" : undefined }, { replace: true })
					}
				/>
			) : null}
		</>
	);
}
