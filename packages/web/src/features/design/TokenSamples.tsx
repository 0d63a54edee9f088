import type { ReactNode } from "react";

const grounds = ["canvas", "surface", "raised", "sunken", "code", "hover", "selected"];
const inks = ["text", "quiet", "accent", "run", "artifact", "registry", "good", "warn", "bad", "info"];
const pairs = ["run", "artifact", "registry", "good", "warn", "bad", "info"];
const sizes = ["2xs", "xs", "s", "m", "l", "xl", "2xl"];
const spaces = ["2xs", "xs", "s", "m", "l", "xl", "2xl", "3xl"];
const radii = ["s", "m", "l", "full"];
const shadows = ["raised", "float", "dialog"];

/** Grounds, and the inks on each. */
export function ColorSamples(): ReactNode {
	return (
		<>
			<div className="swatches">
				{grounds.map((ground) => (
					<div key={ground} className="swatch" style={{ background: `var(--${ground})` }}>
						<code>{ground}</code>
						{inks.map((ink) => (
							<span key={ink} style={{ color: `var(--${ink})` }}>
								{ink}
							</span>
						))}
					</div>
				))}
			</div>
			<div className="swatches">
				{pairs.map((name) => (
					<div key={name} className="swatch" style={{ background: `var(--${name}-back)`, color: `var(--${name})` }}>
						<code>{name}</code>
					</div>
				))}
				<div className="swatch" style={{ background: "var(--alias-back)", color: "var(--alias-text)" }}>
					<code>alias</code>
				</div>
			</div>
		</>
	);
}

/** The sizes of type. */
export function TypeSamples(): ReactNode {
	return (
		<div className="panel">
			{sizes.map((size) => (
				<p key={size} style={{ fontSize: `var(--size-${size})` }}>
					{size} · The lineage of northern-lake-21 · 系譜とアーティファクト
				</p>
			))}
		</div>
	);
}

/** Distances, corners, heights over the ground. */
export function SpaceSamples(): ReactNode {
	return (
		<div className="panel sample-row">
			{spaces.map((space) => (
				<figure key={space}>
					<span className="bar" style={{ width: `var(--space-${space})` }} />
					<figcaption>{space}</figcaption>
				</figure>
			))}
			{radii.map((radius) => (
				<figure key={radius}>
					<span className="box" style={{ borderRadius: `var(--radius-${radius})` }} />
					<figcaption>{radius}</figcaption>
				</figure>
			))}
			{shadows.map((shadow) => (
				<figure key={shadow}>
					<span className="box" style={{ boxShadow: `var(--shadow-${shadow})` }} />
					<figcaption>{shadow}</figcaption>
				</figure>
			))}
		</div>
	);
}
