"""It is there, and then never answers."""

import time

from zoo import *

ready()
while True:
    time.sleep(60)
