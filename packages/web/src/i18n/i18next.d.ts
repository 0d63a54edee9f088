import type { Dictionary } from "./i18n.ts";

declare module "i18next" {
	interface CustomTypeOptions {
		resources: { translation: Dictionary };
	}
}
