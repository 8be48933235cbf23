"""Completion for four shells: scripts that know every word and option, made out of the command tree itself."""
