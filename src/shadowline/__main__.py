"""``python -m shadowline``."""

from shadowline.cli import main

if __name__ == "__main__":
    main()
