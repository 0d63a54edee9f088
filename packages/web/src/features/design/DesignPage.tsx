import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import "./design-page.css";
import { ControlSamples } from "./ControlSamples.tsx";
import { IconSamples, TypeIconSamples } from "./IconSamples.tsx";
import { EmptySamples, TableSample, TextSamples } from "./PartSamples.tsx";
import { ColorSamples, SpaceSamples, TypeSamples } from "./TokenSamples.tsx";

/** What the app is made of, from the components it is made of. */
export function DesignPage(): ReactNode {
	const { t } = useTranslation();
	const parts = [
		["colors", ColorSamples],
		["type", TypeSamples],
		["space", SpaceSamples],
		["icons", IconSamples],
		["types", TypeIconSamples],
		["controls", ControlSamples],
		["tables", TableSample],
		["texts", TextSamples],
		["empty", EmptySamples],
	] as const;
	return (
		<>
			<PageHeader title={t("design.title")} />
			<div className="stack design-page">
				{parts.map(([key, Part]) => (
					<Section key={key} title={t(`design.${key}`)}>
						<Part />
					</Section>
				))}
			</div>
		</>
	);
}
