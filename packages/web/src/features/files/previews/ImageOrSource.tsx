import type { ReactNode } from "react";
import { ImagePreview } from "./MediaPreviews.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { TextPreview } from "./TextPreview.tsx";

/** An image; an SVG also as the text that it is. */
export function ImageOrSource({ id, entry, as }: PreviewProps): ReactNode {
	return as === "source" ? <TextPreview id={id} entry={entry} /> : <ImagePreview entry={entry} />;
}
