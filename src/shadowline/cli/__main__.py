"""``python -m shadowline.cli``."""

from shadowline.cli import main

if __name__ == "__main__":
    main()
