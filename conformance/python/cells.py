"""Runs the files named one after another in one namespace, like the cells of a notebook."""

import sys

namespace = {"__name__": "__main__"}
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), namespace)
