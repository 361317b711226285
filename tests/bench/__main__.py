"""`make bench`: what the program costs, beside others on the same machine."""

from tests.bench import (
    deleting,
    depth,
    export,
    growth,
    large,
    overview,
    scale,
    sessions,
    slow_line,
    start,
    storage,
    team,
    team_file,
    terminal,
)

terminal.main([])
print()
slow_line.main()
print()
start.main([])
print()
storage.main([])
print()
deleting.main([])
print()
scale.main([])
print()
growth.main([])
print()
large.main([])
print()
overview.main([])
print()
sessions.main([])
print()
depth.main([])
print()
export.main([])
print()
team_file.main([])
print()
team.main(["1000", "--seconds", "20"])
