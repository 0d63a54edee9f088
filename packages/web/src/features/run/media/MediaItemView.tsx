import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FileLink } from "../../../ui/FileLink.tsx";
import { formatValue } from "../../../ui/format.ts";
import { type RunPlace, runFileUrl } from "../run.queries.ts";
import type { MediaItem } from "./media-rules.ts";
import { TablePreview } from "./TablePreview.tsx";

type Props = { item: MediaItem; place: RunPlace; label: string };

function Histogram({ values, bins, label }: { values: number[]; bins: number[]; label: string }): ReactNode {
	const { t, i18n } = useTranslation();
	const most = Math.max(...values, 1);
	const width = 100 / Math.max(values.length, 1);
	const from = formatValue(bins[0] ?? 0, i18n.language);
	const to = formatValue(bins.at(-1) ?? values.length, i18n.language);
	return (
		<figure className="media-histogram">
			<svg
				viewBox="0 0 100 40"
				preserveAspectRatio="none"
				role="img"
				aria-label={t("media.histogram", { name: label, bins: values.length, from, to })}
			>
				{values.map((value, index) => {
					const height = (value / most) * 40;
					return (
						// biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
						<rect key={index} x={index * width} y={40 - height} width={width * 0.9} height={height} />
					);
				})}
			</svg>
			<figcaption>
				<span>{from}</span>
				<span>{to}</span>
			</figcaption>
		</figure>
	);
}

/** A page that a script logged: its own frame, in which nothing runs and nothing can be sent. */
function HtmlFrame({ url, label }: { url: string; label: string }): ReactNode {
	const { t } = useTranslation();
	const { data, isError } = useQuery({
		queryKey: ["run-html", url],
		queryFn: async ({ signal }) => {
			const response = await fetch(url, { signal });
			if (!response.ok) throw new Error(String(response.status));
			return await response.text();
		},
		staleTime: 60_000,
	});
	if (isError) return <p className="quiet">{t("runFiles.unreadable")}</p>;
	return <iframe className="media-html" sandbox="" srcDoc={data ?? ""} title={label} />;
}

/** One thing that was logged. */
export function MediaItemView({ item, place, label }: Props): ReactNode {
	if (item.kind === "histogram") return <Histogram {...item} label={label} />;
	const url = runFileUrl(place, item.path);
	const { caption } = item;
	switch (item.kind) {
		case "image":
			return (
				<figure className="media-image">
					<a href={url} target="_blank" rel="noreferrer">
						<img src={url} alt={caption ?? label} loading="lazy" />
					</a>
					{caption ? <figcaption>{caption}</figcaption> : null}
				</figure>
			);
		case "audio":
			// biome-ignore lint/a11y/useMediaCaption: files of users come without captions
			return <audio controls src={url} aria-label={caption ?? label} />;
		case "video":
			// biome-ignore lint/a11y/useMediaCaption: files of users come without captions
			return <video className="media-video" controls src={url} aria-label={caption ?? label} />;
		case "table":
			return <TablePreview url={url} label={label} />;
		case "html":
			return <HtmlFrame url={url} label={label} />;
		case "file":
			return (
				<p>
					<span className="mono">{item.path}</span> <FileLink name={item.path} url={url} />
				</p>
			);
	}
}
