"""`python -m leadiq` is the command `leadiq`."""

import sys

from leadiq.cli import main

if __name__ == "__main__":
    sys.exit(main())
