"""It is gone before anybody speaks."""

raise SystemExit(3)
