"""It never ends its line."""

import sys

from zoo import *

ready()
while True:
    sys.stdout.write("x" * 65536)
