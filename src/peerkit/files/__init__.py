"""
The one room that touches the disk: what is read, and what is written.

- `text` is the one normaliser of text.
- `tree` holds what a file says with the place of everything in it.
- `yaml` reads the strict subset of YAML into such a tree. `comments`, `keys` and
  `machinery` know what it refuses; `syntax` says in plain words why a file could
  not be parsed.
- `reading` reads files, but only inside a folder; `limits` bounds it.
- `names` makes file names that are safe on every system.
- `writing` is the one writer, all or nothing; `system` knows how systems differ.

Import from these modules: this one stays empty, so that a command which reads no
file loads no parser.
"""

__all__: list[str] = []
