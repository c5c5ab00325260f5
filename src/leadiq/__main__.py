"""`python -m leadiq` is the command `leadiq`."""

import sys

from leadiq.cli import main

sys.exit(main())
