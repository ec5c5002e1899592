"""Today's visits, taken along for where there is no signal: docs/offline.md."""
