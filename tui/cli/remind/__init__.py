"""`mentor remind`: what needs attention, by mail or printed, and what has it sent by itself."""
