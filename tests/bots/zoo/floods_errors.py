"""It fills standard error and answers nothing."""

import sys

from zoo import *

ready()
while True:
    sys.stderr.write("woe " * 1000 + "\n")
