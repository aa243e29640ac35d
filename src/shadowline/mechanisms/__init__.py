"""What happens in a day: one file per mechanism, each with its numbers, its memory and its step."""
