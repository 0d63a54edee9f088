import { Skeleton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { PreviewFault } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";

/** An image, fitted or in its own size. SVG too: inside an image element nothing of it runs. */
export function ImagePreview({ entry }: Pick<PreviewProps, "entry">): ReactNode {
	const { t } = useTranslation();
	const [size, setSize] = useState<{ width: number; height: number }>();
	const [isFitted, setFitted] = useState(true);
	const [failed, setFailed] = useState(false);
	if (failed || entry.directUrl === null) return <PreviewFault text={t("files.imageBroken")} />;
	return (
		<div className="image-preview">
			<div className="preview-note">
				{size ? <span>{`${size.width} × ${size.height}`}</span> : <Skeleton width={80} height={12} />}
				<button type="button" className="view-choice" aria-pressed={!isFitted} onClick={() => setFitted(!isFitted)}>
					{t("files.actualSize")}
				</button>
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<section className="image-box" data-fitted={isFitted} tabIndex={0} aria-label={entry.name}>
				<img
					src={entry.directUrl}
					alt={entry.name}
					referrerPolicy="no-referrer"
					onLoad={({ currentTarget }) =>
						setSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
					}
					onError={() => setFailed(true)}
				/>
			</section>
		</div>
	);
}

export function AudioPreview({ entry }: Pick<PreviewProps, "entry">): ReactNode {
	return (
		<div className="media-box">
			{/* biome-ignore lint/a11y/useMediaCaption: what users logged has no captions */}
			<audio controls preload="metadata" src={entry.directUrl ?? undefined} aria-label={entry.name} />
		</div>
	);
}

export function VideoPreview({ entry }: Pick<PreviewProps, "entry">): ReactNode {
	return (
		<div className="media-box">
			{/* biome-ignore lint/a11y/useMediaCaption: what users logged has no captions */}
			<video controls preload="metadata" src={entry.directUrl ?? undefined} aria-label={entry.name} />
		</div>
	);
}
