import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { FileLink } from "../../ui/FileLink.tsx";
import { formatBytes } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { entryQuery, type OpenEntry } from "./entries.queries.ts";
import { type PreviewKind, previewKind } from "./preview-kind.ts";
import { PreviewFault, PreviewGuard, PreviewWait } from "./previews/PreviewStates.tsx";
import type { PreviewProps } from "./previews/preview-props.ts";
import { ReferencePreview } from "./ReferencePreview.tsx";

/** Each comes when the first file of its kind is opened. */
const previews: Readonly<Record<PreviewKind, ComponentType<PreviewProps>>> = {
	text: lazy(async () => ({ default: (await import("./previews/TextPreview.tsx")).TextPreview })),
	json: lazy(async () => ({ default: (await import("./previews/JsonPreview.tsx")).JsonPreview })),
	markdown: lazy(async () => ({ default: (await import("./previews/MarkdownPreview.tsx")).MarkdownPreview })),
	html: lazy(async () => ({ default: (await import("./previews/HtmlPreview.tsx")).HtmlPreview })),
	image: lazy(async () => ({ default: (await import("./previews/ImageOrSource.tsx")).ImageOrSource })),
	audio: lazy(async () => ({ default: (await import("./previews/MediaPreviews.tsx")).AudioPreview })),
	video: lazy(async () => ({ default: (await import("./previews/MediaPreviews.tsx")).VideoPreview })),
	csv: lazy(async () => ({ default: (await import("./previews/CsvPreview.tsx")).CsvPreview })),
	parquet: lazy(async () => ({ default: (await import("./previews/ParquetPreview.tsx")).ParquetPreview })),
	table: lazy(async () => ({ default: (await import("./previews/TablePreviews.tsx")).TablePreview })),
	"joined-table": lazy(async () => ({ default: (await import("./previews/TablePreviews.tsx")).ComposedTablePreview })),
	"partitioned-table": lazy(async () => ({
		default: (await import("./previews/TablePreviews.tsx")).ComposedTablePreview,
	})),
	media: lazy(async () => ({ default: (await import("./previews/MediaJsonPreview.tsx")).MediaJsonPreview })),
	unknown: lazy(async () => ({ default: (await import("./previews/HexPreview.tsx")).UnknownPreview })),
};

type View = "tree" | "source" | "page" | "rows" | "picture";

/** The views of a kind of file, the first one where the address says none. */
const views: Readonly<Partial<Record<PreviewKind | "svg", readonly View[]>>> = {
	json: ["tree", "source"],
	markdown: ["page", "source"],
	html: ["source", "page"],
	csv: ["rows", "source"],
	table: ["rows", "source"],
	"joined-table": ["rows", "source"],
	"partitioned-table": ["rows", "source"],
	media: ["page", "source"],
	svg: ["picture", "source"],
};

function viewsOf(path: string, kind: PreviewKind): readonly View[] {
	if (path.toLowerCase().endsWith(".svg")) return views.svg ?? [];
	return views[kind] ?? [];
}

type Props = {
	id: string;
	path: string;
	fullName: string;
	as: string | undefined;
	onAs: (as: string | undefined) => void;
	onBack: () => void;
};

function snippet(fullName: string, path: string): string {
	const text = (value: string) => JSON.stringify(value);
	return `import wandb\n\nartifact = wandb.Api().artifact(${text(fullName)})\npath = artifact.get_entry(${text(path)}).download()`;
}

function ViewChoice({ views: all, as, onAs }: { views: readonly View[]; as: string | undefined; onAs: Props["onAs"] }) {
	const { t } = useTranslation();
	const [first] = all;
	const current = all.find((view) => view === as) ?? first;
	if (all.length < 2) return null;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset looks like a form
		<span className="view-choices" role="group" aria-label={t("files.view")}>
			{all.map((view) => (
				<button
					key={view}
					type="button"
					className="view-choice"
					aria-pressed={view === current}
					onClick={() => onAs(view === first ? undefined : view)}
				>
					{t(`files.as.${view}`)}
				</button>
			))}
		</span>
	);
}

/** Bytes that are here, but not for this reader. */
function isRefused({ ref, directUrl }: OpenEntry): boolean {
	return ref === null && directUrl === null;
}

function Body({ id, entry, as }: PreviewProps): ReactNode {
	const { t } = useTranslation();
	if (entry.ref !== null) return <ReferencePreview entry={entry} />;
	// The page says above why, and who can change it.
	if (isRefused(entry)) return <p className="preview-note">{t("files.noRight")}</p>;
	if (entry.sizeBytes === 0) return <p className="preview-note">{t("files.emptyFile")}</p>;
	const Preview = previews[previewKind(entry.path)];
	return (
		<PreviewGuard key={entry.path} fallback={(error) => <PreviewFault error={error} />}>
			<Suspense fallback={<PreviewWait />}>
				<Preview id={id} entry={entry} as={as} />
			</Suspense>
		</PreviewGuard>
	);
}

function Head({
	entry,
	path,
	as,
	onAs,
	onBack,
}: { entry: OpenEntry | null | undefined } & Omit<Props, "id" | "fullName">) {
	const { t, i18n } = useTranslation();
	const slash = path.lastIndexOf("/") + 1;
	return (
		<header className="preview-head">
			<button type="button" className="copy preview-back" onClick={onBack}>
				<Icon name="chevronLeft" />
				{t("files.backToList")}
			</button>
			<h2 className="preview-path">
				<span className="quiet">{path.slice(0, slash)}</span>
				<wbr />
				{path.slice(slash)}
			</h2>
			<CopyButton text={path} label={t("artifact.path")} />
			{entry && entry.ref === null ? (
				<>
					<span className="preview-fact">{formatBytes(entry.sizeBytes, i18n.language)}</span>
					{entry.digest ? (
						<span className="preview-fact wide-only" title={entry.digest}>
							<span className="mono">{`${entry.digest.slice(0, 10)}…`}</span>
							<CopyButton text={entry.digest} label={t("artifact.digest")} />
						</span>
					) : null}
					<span className="preview-actions">
						{entry.directUrl === null ? null : (
							<>
								<ViewChoice views={viewsOf(path, previewKind(path))} as={as} onAs={onAs} />
								<FileLink name={entry.name} url={entry.directUrl} />
							</>
						)}
					</span>
				</>
			) : null}
		</header>
	);
}

/** One file of a version: what it is, what is in it, how one gets it. */
export function FilePreview(props: Props): ReactNode {
	const { id, path, fullName, as } = props;
	const { t } = useTranslation();
	const entry = useQuery(entryQuery(id, path));
	return (
		<article className="preview" aria-label={path}>
			<Head {...props} entry={entry.data} />
			{entry.isPending ? <PreviewWait /> : null}
			{entry.isError ? <PreviewFault error={entry.error} /> : null}
			{entry.data === null ? <PreviewFault text={t("files.noSuchFile")} /> : null}
			{entry.data ? <Body key={path} id={id} entry={entry.data} as={as} /> : null}
			{entry.data && !isRefused(entry.data) ? (
				<details className="preview-code">
					<summary>{t("files.inCode")}</summary>
					<CodeBlock code={snippet(fullName, path)} label={t("files.inCode")} />
				</details>
			) : null}
		</article>
	);
}
