"""The clock: tables of numbers, addressed randomness, the order of a day, and many futures at once."""
