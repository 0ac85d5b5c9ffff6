"""
Days that the law and the constitution count: working days, counts, and what is due when.

- `counts` reads a count such as “5 clear working days before” and applies it to a day.
- `working_days` knows bank holidays and the council's closures.
- `rules` are the deadlines that a council's configuration states.
- `call_in` tells until when a decision may be called in, and from when it has effect.
- `deadlines` works out every deadline of every open matter.
"""
