"""`make bench`: what the program costs, beside others on the same machine."""

from tests.bench.terminal import main

main()
